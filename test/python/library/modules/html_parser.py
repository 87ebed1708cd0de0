from html.parser import HTMLParser


class Shown(HTMLParser):
    def handle_starttag(self, tag, attrs):
        print(self.getpos(), "start", tag, attrs, self.get_starttag_text())

    def handle_endtag(self, tag):
        print(self.getpos(), "end", tag)

    def handle_startendtag(self, tag, attrs):
        print(self.getpos(), "alone", tag, attrs)

    def handle_data(self, data):
        print(self.getpos(), "data", repr(data))

    def handle_comment(self, data):
        print(self.getpos(), "comment", repr(data))

    def handle_decl(self, decl):
        print(self.getpos(), "decl", repr(decl))

    def handle_pi(self, data):
        print(self.getpos(), "pi", repr(data))

    def handle_entityref(self, name):
        print(self.getpos(), "entity", name)

    def handle_charref(self, name):
        print(self.getpos(), "char", name)

    def unknown_decl(self, data):
        print(self.getpos(), "unknown", repr(data))


TEXTS = [
    "<!DOCTYPE html>\n<p class='a b' id=x data-q>One &amp; two &#33; &lt;b</p>\n<!-- c --><br/><img src=a/b />",
    "<script>if (a < b) { x = '</p>' }</script><style>a>b{}</style >",
    "<a href='?a=1&b=2&copy=3'>x</a ><A B=C b=\"d'e\" =f>", "a < b & c &unknown; &#xZ; &#38", "<",
    "<?php echo 1 ?><![CDATA[x]]><!foo><![if x]>", "</><//b></ p></p x='>'>tail", "<a b='c", "<a b=>c</a>",
    "&lt;&#9731;&notit;&amp", "x<y>z<1>", "<div/ class=a / b>", "<a\nb\n=\n'v'\n>", "<p>caf\u00e9 \U0001f600</p>",
]
for convert in (True, False):
    for text in TEXTS:
        print("====", convert, ascii(text))
        parser = Shown(convert_charrefs=convert)
        parser.feed(text)
        print("--")
        parser.close()
    parser = Shown(convert_charrefs=convert)
    for text in TEXTS[:4]:
        for char in text:
            parser.feed(char)
    parser.close()
