// The page's script: filters, keys, the theme, and tensors as heat maps. What
// it adds to the page it adds as text and as styles, never as markup.
"use strict";
(() => {
  /** @template {Element} T @param {string} selector @param {ParentNode} root @returns {T[]} */
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // --- filters ---------------------------------------------------------------

  const katas = all("details.kata").map((element) => ({
    element,
    text: element.querySelector("summary").textContent.toLowerCase(),
    tests: all("li.test", element).map((test) => ({
      element: test,
      status: test.dataset.status,
      text: undefined,
    })),
  }));
  const search = one("#search");
  const chips = all("button[data-status]");
  let status = "all";

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const kata of katas) {
      let own = 0;
      for (const test of kata.tests) {
        let fits = status === "all" || test.status === status;
        if (fits && words.length > 0) {
          test.text ??= `${kata.text} ${test.element.textContent.toLowerCase()}`;
          fits = words.every((word) => test.text.includes(word));
        }
        if (test.element.hidden === fits) test.element.hidden = !fits;
        if (fits) own++;
      }
      const bare =
        kata.tests.length === 0 &&
        status === "all" &&
        words.every((word) => kata.text.includes(word));
      kata.element.hidden = own === 0 && !bare;
      if (own > 0 && (words.length > 0 || status !== "all")) kata.element.open = true;
      shown += own;
    }
    one(".none").hidden = katas.some((kata) => !kata.element.hidden) || katas.length === 0;
    one("#status").textContent = `${shown} ${shown === 1 ? "test" : "tests"} shown`;
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      status = chip.dataset.status;
      for (const other of chips) other.setAttribute("aria-pressed", String(other === chip));
      filter();
    });
  }

  const unfold = one("#unfold");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "Close all" : "Open all";
    for (const { element } of katas) element.open = open;
  });

  // --- the theme -------------------------------------------------------------

  const THEMES = ["system", "light", "dark"];
  const theme = one("#theme");
  const recall = () => {
    try {
      return localStorage.getItem("kata-theme") ?? "system";
    } catch {
      return "system";
    }
  };
  function wear(name) {
    if (name === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    theme.textContent = { system: "◐ System", light: "☀ Light", dark: "☾ Dark" }[name];
    theme.setAttribute("aria-label", `Theme: ${name}`);
    theme.dataset.theme = name;
  }
  wear(THEMES.includes(recall()) ? recall() : "system");
  theme.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(theme.dataset.theme) + 1) % THEMES.length];
    wear(next);
    try {
      localStorage.setItem("kata-theme", next);
    } catch {
      // A page that was opened from a file may have no storage.
    }
  });

  // --- keys ------------------------------------------------------------------

  function toFailure(step) {
    const failures = all("li.test.failed").filter((test) => !test.hidden);
    if (failures.length === 0) return;
    const at = failures.findIndex((test) => test.contains(document.activeElement));
    const next =
      failures[(at + step + failures.length + (at < 0 && step < 0 ? 1 : 0)) % failures.length];
    next.closest("details.kata").open = true;
    const focus = next.querySelector("summary") ?? next;
    if (focus === next) next.tabIndex = -1;
    focus.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === "Escape") {
        search.value = "";
        filter();
        search.blur();
      }
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "n") toFailure(1);
    else if (event.key === "p") toFailure(-1);
  });

  // --- tensors ---------------------------------------------------------------

  /** Stops of a scale that stays readable in grey and for the colour-blind (cividis). */
  const SCALE = [
    [0, 34, 78],
    [53, 69, 109],
    [102, 105, 112],
    [148, 142, 119],
    [200, 184, 102],
    [254, 232, 56],
  ];
  const shade = (part) => {
    const place = Math.min(1, Math.max(0, part)) * (SCALE.length - 1);
    const low = Math.min(SCALE.length - 2, Math.floor(place));
    return SCALE[low].map((from, at) =>
      Math.round(from + (SCALE[low + 1][at] - from) * (place - low)),
    );
  };
  /** Relative luminance, of https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) =>
      part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paint = (cell, rgb) => {
    cell.style.background = `rgb(${rgb.join(" ")})`;
    // Black and white stand out equally at this luminance.
    cell.style.color = luminance(rgb) > 0.179 ? "#000" : "#fff";
  };
  const asNumber = (value) => (typeof value === "number" ? value : Number(value));
  const say = (value) => {
    if (value === undefined) return "not recorded";
    if (typeof value !== "number") return String(value).replace("Infinity", "∞");
    const text = String(Number(value.toPrecision(7)));
    return text.replace("-", "−");
  };
  /** As few digits as fit a cell. */
  const brief = (value) => {
    if (typeof value !== "number") return value === "NaN" ? "NaN" : say(value);
    const size = Math.abs(value);
    if (size !== 0 && (size < 0.01 || size >= 10_000))
      return value.toExponential(0).replace("e+", "e").replace(/^-/, "−");
    return String(Number(value.toPrecision(3))).replace("-", "−");
  };
  const difference = (expected, received) => {
    if (expected === undefined || received === undefined) return undefined;
    if (Object.is(expected, received) || expected === received) return 0;
    const delta = asNumber(received) - asNumber(expected);
    return Number.isFinite(delta) ? delta : "≠";
  };
  /** Rows and columns of one slice: the last two axes; a vector is broken into lines. */
  const layout = (shape) => {
    const size = shape.reduce((product, length) => product * length, 1);
    if (shape.length >= 2) {
      const [rows, columns] = shape.slice(-2);
      return { rows, columns, slices: rows * columns === 0 ? 0 : size / (rows * columns) };
    }
    const columns = Math.min(size, 16);
    return {
      rows: columns === 0 ? 0 : Math.ceil(size / columns),
      columns,
      slices: size === 0 ? 0 : 1,
    };
  };
  const indexOf = (flat, shape) => {
    const index = [];
    for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
      index.unshift(rest % shape[axis]);
      rest = Math.floor(rest / shape[axis]);
    }
    return index;
  };
  const MOST_SLICES = 8;
  const MOST_CELLS = 1024;

  function heatMap({ title, kind, values, shape, color, sign = "" }, active) {
    const figure = make("figure", `heat ${kind}`);
    figure.append(make("figcaption", "", title));
    const size = shape.reduce((product, length) => product * length, 1);
    const { rows, columns, slices } = layout(shape);
    if (size === 0) figure.append(make("p", "empty", `empty: [${shape.join(", ")}]`));
    const roomy = columns <= 8 && rows <= 12;
    let drawn = 0;
    for (let slice = 0; slice < Math.min(slices, MOST_SLICES); slice++) {
      const start = slice * rows * columns;
      if (start >= values.length && start > 0) break;
      if (shape.length > 2) {
        const lead = indexOf(start, shape).slice(0, -2);
        figure.append(make("span", "slice", `[${lead.join(", ")}, :, :]`));
      }
      const grid = make("div", roomy ? "grid roomy" : columns > 24 ? "grid tight" : "grid");
      grid.style.setProperty("--columns", String(columns));
      for (let at = start; at < Math.min(start + rows * columns, size); at++) {
        if (drawn++ >= MOST_CELLS) break;
        const cell = make(
          "i",
          "",
          roomy ? (values[at] > 0 ? sign : "") + brief(values[at] ?? "") : "",
        );
        cell.dataset.at = String(at);
        if (values[at] === undefined) cell.className = "unknown";
        else color(cell, values[at]);
        grid.append(cell);
      }
      figure.append(grid);
    }
    const more = slices - MOST_SLICES;
    if (more > 0) figure.append(make("span", "slice", `… ${more} more slices`));
    figure.addEventListener("mouseover", (event) => {
      if (event.target.dataset.at !== undefined) active(Number(event.target.dataset.at));
    });
    return figure;
  }

  function legend(low, high, background) {
    const bar = make("span", "legend");
    const middle = make("i");
    middle.style.background = background;
    bar.append(make("span", "", low), middle, make("span", "", high));
    return bar;
  }

  function drawTensors(box) {
    const { expected, received, first } = JSON.parse(box.dataset.tensors);
    const same = String(expected.shape) === String(received.shape);
    const shape = expected.shape;
    const finite = [...expected.values, ...received.values].filter(
      (value) => typeof value === "number",
    );
    const [least, most] = [Math.min(...finite), Math.max(...finite)];
    const value = (cell, given) => {
      if (typeof given === "number")
        return paint(cell, shade(most > least ? (given - least) / (most - least) : 0.5));
      if (given === "NaN") cell.classList.add("nan");
      else paint(cell, shade(given === "Infinity" ? 1 : 0));
    };
    const deltas = same
      ? expected.values.map((given, at) => difference(given, received.values[at]))
      : [];
    const far = Math.max(0, ...deltas.filter((delta) => typeof delta === "number").map(Math.abs));
    const differing = deltas.filter((delta) => delta !== 0 && delta !== undefined).length;
    const delta = (cell, given) => {
      if (typeof given !== "number") return cell.classList.add("nan");
      const strength = far === 0 ? 0 : Math.round(8 + 92 * Math.sqrt(Math.abs(given) / far));
      if (given === 0) cell.classList.add("zero");
      else {
        const side = given > 0 ? "var(--more)" : "var(--less)";
        cell.style.background = `color-mix(in oklab, ${side} ${strength}%, var(--even))`;
        if (strength > 60) cell.style.color = "var(--on-delta)";
      }
    };

    const readout = make("p", "readout");
    readout.setAttribute("aria-live", "polite");
    const maps = make("div", "maps");
    let current = -1;
    const show = (at) => {
      current = at;
      for (const cell of all("i.active", maps)) cell.classList.remove("active");
      for (const cell of all(`i[data-at="${at}"]`, maps)) cell.classList.add("active");
      const index = same ? `[${indexOf(at, shape).join(", ")}]` : `element ${at}`;
      const [left, right] = [expected.values[at], received.values[at]];
      const apart = same ? difference(left, right) : undefined;
      const by =
        typeof apart === "number" && apart !== 0
          ? `, off by ${apart > 0 ? "+" : ""}${say(apart)}`
          : "";
      readout.textContent = `${index}  expected ${say(left)}, got ${say(right)}${by}`;
    };
    const rest = () => {
      const cut =
        expected.capped || received.capped
          ? `, of the first ${Math.min(expected.values.length, received.values.length)}`
          : "";
      readout.textContent = same
        ? `${differing} of ${deltas.length} values differ${cut}`
        : "The shapes differ";
    };
    const title = (name, tensor) => `${name} [${tensor.shape.join(", ")}] ${tensor.dtype}`;
    const drawings = [
      { title: title("Expected", expected), kind: "expected", color: value, ...expected },
      { title: title("Got", received), kind: "received", color: value, ...received },
    ];
    if (same) {
      const name = "Difference, got − expected";
      drawings.push({ title: name, kind: "delta", values: deltas, shape, color: delta, sign: "+" });
    }
    maps.append(...drawings.map((drawing) => heatMap(drawing, show)));
    const places = [
      ...new Set(all("i[data-at]", maps).map((cell) => Number(cell.dataset.at))),
    ].toSorted((a, b) => a - b);
    maps.tabIndex = 0;
    maps.setAttribute("role", "application");
    maps.setAttribute(
      "aria-label",
      `Heat maps. ${title("Expected", expected)}, ${title("got", received)}. ${same ? `${differing} of ${deltas.length} values differ. ` : ""}Arrow keys read the values.`,
    );
    maps.addEventListener("mouseleave", rest);
    maps.addEventListener("keydown", (event) => {
      const { columns } = layout(shape);
      const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
      const step = steps[event.key];
      if (step === undefined || places.length === 0) return;
      event.preventDefault();
      const from = places.indexOf(current);
      const at = from < 0 ? 0 : Math.min(places.length - 1, Math.max(0, from + step));
      show(places[at]);
    });
    if (first !== null && same) {
      const flat = first.reduce((sum, index, axis) => sum * shape[axis] + index, 0);
      for (const cell of all(`i[data-at="${flat}"]`, maps)) cell.classList.add("first");
    }
    const scales = make("p", "scales");
    if (finite.length > 0) {
      const stops = SCALE.map((rgb) => `rgb(${rgb.join(" ")})`).join(", ");
      scales.append(legend(say(least), say(most), `linear-gradient(90deg, ${stops})`));
    }
    if (far > 0)
      scales.append(
        legend(
          say(-far),
          `+${say(far)}`,
          "linear-gradient(90deg, var(--less), var(--even), var(--more))",
        ),
      );
    rest();
    box.replaceChildren(maps, readout, scales);
    box.classList.add("drawn");
  }

  // Drawn when they come into sight: a run may have thousands.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        drawTensors(target);
      }
    },
    { rootMargin: "600px" },
  );
  for (const box of all(".tensors")) seen.observe(box);
})();
