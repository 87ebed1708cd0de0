/** All built-in classes get their methods here. */
import "./object.ts";
import "./type.ts";
import "./exception.ts";
import "./basic.ts";
import "./iterators.ts";
import "./list.ts";
import "./tuple.ts";
import "./dict.ts";
import "./views.ts";
import "./set.ts";
import "./range.ts";
import "./slice.ts";
import "./generator.ts";
import "./iterator-tools.ts";
