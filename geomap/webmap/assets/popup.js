// Builds an event's card as DOM; text only ever through textContent.
(function (geomap) {
  "use strict";

  const NAMES = 6; // actors shown at once
  const SEPARATOR = " · "; // names may have commas of their own

  function element(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) {
      node.className = className;
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  /** An element with text from outside, whose direction the browser finds. */
  function text(tag, className, value) {
    const node = element(tag, className);
    node.dir = "auto";
    node.textContent = value;
    return node;
  }

  /** A link where the address is of the web, else plain text. */
  function link(url, label) {
    let address = null;
    try {
      address = new URL(url);
    } catch {
      address = null;
    }
    if (!address || !["http:", "https:"].includes(address.protocol)) {
      return text("span", "gm-article", label);
    }
    const node = text("a", "gm-article", label);
    node.href = address.href;
    node.rel = "noopener noreferrer";
    node.target = "_blank";
    return node;
  }

  // Where a marked part lies within the quote, in UTF-16 units; null if it does not.
  function inQuote(report, name) {
    const { quote, quote_start: base } = report;
    const [start, end] = [report[`${name}_start`], report[`${name}_end`]];
    if (!quote || base === null || start === null || end === null || start < base) {
      return null;
    }
    const from = geomap.utf16Offset(quote, start - base);
    const to = geomap.utf16Offset(quote, end - base);
    return quote.slice(from, to) === report[name] && from < to ? { name, from, to } : null;
  }

  /** The quote with its trigger and place name marked. */
  function quoteOf(report) {
    const node = element("blockquote", "gm-quote");
    node.dir = "auto";
    const quote = report.quote || "";
    const marks = [inQuote(report, "trigger"), inQuote(report, "mention")]
      .filter(Boolean)
      .sort((a, b) => a.from - b.from);
    let at = 0;
    for (const { name, from, to } of marks) {
      if (from < at) {
        continue;
      }
      node.append(quote.slice(at, from));
      const mark = element("mark", `gm-${name}`);
      mark.textContent = quote.slice(from, to);
      mark.title = geomap.say(name);
      node.append(mark);
      at = to;
    }
    node.append(quote.slice(at));
    return node;
  }

  function fact(label, value, note) {
    if (!value) {
      return null;
    }
    const shown = element("dd", "", text("span", "", value));
    if (note) {
      shown.append(text("span", "gm-note", note));
    }
    return element("div", "gm-fact", text("dt", "", label), shown);
  }

  // Names one after the other; of many, the rest behind a button.
  function several(label, names) {
    const node = fact(label, names.slice(0, NAMES).join(SEPARATOR));
    if (names.length > NAMES) {
      const shown = node.querySelector("dd");
      const more = text("button", "gm-link", geomap.say("more_names", { n: geomap.number(names.length - NAMES) }));
      more.type = "button";
      more.addEventListener("click", () => shown.replaceChildren(text("span", "", names.join(SEPARATOR))));
      shown.append(" ", more);
    }
    return node;
  }

  function counts(model, row) {
    const { text } = model;
    const about = text.approximate(row) || [];
    const people = (kind, low, high) => geomap.people(kind, low, high, about.includes(kind));
    const listed = [people("killed", text.fatalities_min(row), text.fatalities_max(row))];
    for (const [kind, [low, high]] of Object.entries(text.counts(row) || {})) {
      if (kind !== "killed" || !listed[0]) {
        listed.push(people(kind, low, high));
      }
    }
    return listed.filter(Boolean).join(" · ");
  }

  function facts(model, row) {
    const place = model.place(row);
    const unplaced = model.unplaced(row);
    const where = place ? geomap.placeName(place) : geomap.unplacedName(unplaced, "unknown_place");
    const origin = model.origin(row);
    const code = model.role(row);
    const role = geomap.nameOf("role", geomap.codesOf("role").includes(code) ? code : "site");
    return element(
      "dl",
      "gm-facts",
      fact(geomap.say("when"), geomap.when(model.date_start(row), model.date_end(row), model.date_precision(row))),
      fact(role, where, geomap.precisionWords(place, unplaced)),
      fact(geomap.say("from_place"), origin && origin[0]),
      several(geomap.say("by"), model.actors(row) || []),
      several(geomap.say("against"), model.text.targets(row)),
      fact(geomap.say("counts"), counts(model, row)),
    );
  }

  function source(report) {
    const title = report.article_title || report.article_url || report.article_id || geomap.say("article");
    const published = report.published
      ? geomap.say("published", { date: geomap.when(report.published, report.published, "day") })
      : "";
    return element(
      "p",
      "gm-source",
      link(report.article_url, title),
      published ? text("span", "gm-note", published) : null,
    );
  }

  function confidence(value, reason) {
    const share = Math.round((value || 0) * 100);
    const meter = element("span", "gm-meter");
    const level = element("span", "gm-level");
    level.style.width = `${share}%`;
    meter.append(level);
    meter.setAttribute("aria-hidden", "true");
    return element(
      "div",
      "gm-why",
      element("div", "gm-confidence", meter, text("span", "", geomap.say("confidence", { percent: geomap.percent(share / 100) }))),
      reasonOf(reason),
    );
  }

  function reasonOf(reason) {
    return reason ? text("p", "gm-reason", reason) : null;
  }

  function furtherReports(reports) {
    if (reports.length < 2) {
      return null;
    }
    const more = element("details", "gm-more");
    more.append(text("summary", "", geomap.plural("further", reports.length - 1)));
    for (const report of reports.slice(1)) {
      more.append(element("div", "gm-report", quoteOf(report), source(report), reasonOf(report.reason)));
    }
    return more;
  }

  function heading(model, row) {
    const group = geomap.groupOf(model.group(row));
    const status = model.status(row);
    const title = text("h2", "gm-title", geomap.nameOf("type", model.type(row)));
    const pill =
      status && status !== "happened"
        ? text("span", `gm-status gm-${status}`, geomap.nameOf("status", status))
        : null;
    return element("header", "gm-head", geomap.icon(group, !model.firm[row]), title, pill);
  }

  /** An event in one line, as one would cite it. */
  function citation(model, row) {
    const [report] = model.text.reports(row);
    const place = model.place(row);
    const parts = [
      geomap.nameOf("type", model.type(row)),
      place ? geomap.placeName(place) : model.unplaced(row),
      geomap.when(model.date_start(row), model.date_end(row), model.date_precision(row)),
      report && report.quote && `“${report.quote.trim()}”`,
      report && (report.article_title || report.article_id),
      report && report.published,
      report && report.article_url,
    ];
    return parts.filter(Boolean).join(". ");
  }

  function citeButton(model, row) {
    const node = text("button", "gm-link gm-cite", geomap.say("cite"));
    node.type = "button";
    node.addEventListener("click", () =>
      copy(citation(model, row)).then((done) => {
        node.textContent = geomap.say(done ? "copied" : "cite");
      }),
    );
    return node;
  }

  // A page in a frame may have to do without the clipboard.
  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const box = element("textarea", "gm-unseen");
      box.value = words;
      document.body.append(box);
      box.select();
      const done = document.execCommand("copy");
      box.remove();
      return done;
    }
  }

  /** One event's card. */
  function card(model, row) {
    const reports = model.text.reports(row);
    const [first] = reports;
    const node = element("article", "gm-card", heading(model, row), facts(model, row));
    node.dataset.id = model.text.id(row);
    if (first && first.quote) {
      node.append(quoteOf(first));
    }
    if (first) {
      node.append(source(first));
    }
    node.append(confidence(model.confidence(row), model.text.reason(row)));
    const more = furtherReports(reports);
    if (more) {
      node.append(more);
    }
    node.append(citeButton(model, row));
    return node;
  }

  function button(label, sign, act) {
    const node = text("button", "gm-step", sign);
    node.type = "button";
    node.setAttribute("aria-label", label);
    node.addEventListener("click", act);
    return node;
  }

  /** The cards of several events, one at a time; `turned` is told which one is shown. */
  function pages(model, rows, first, turned) {
    const root = element("section", "gm-pages");
    root.tabIndex = -1;
    root.dir = document.documentElement.dir;
    root.setAttribute("aria-label", geomap.say("event"));
    const position = element("span", "gm-position");
    position.setAttribute("aria-live", "polite");
    const body = element("div", "gm-body");
    body.tabIndex = 0;
    let at = Math.max(0, rows.indexOf(first));
    function fill() {
      position.textContent = geomap.say("position", {
        n: geomap.number(at + 1),
        total: geomap.number(rows.length),
      });
      body.replaceChildren(card(model, rows[at]));
      body.scrollTop = 0;
      body.querySelectorAll("details").forEach((d) => d.addEventListener("toggle", () => turned(rows[at])));
    }
    function step(by) {
      at = (at + by + rows.length) % rows.length;
      fill();
      turned(rows[at]);
    }
    if (rows.length > 1) {
      const back = button(geomap.say("previous"), "‹", () => step(-1));
      const next = button(geomap.say("next"), "›", () => step(1));
      root.append(element("nav", "gm-pager", back, position, next));
      root.addEventListener("keydown", (event) => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
          step(event.key === "ArrowLeft" ? -1 : 1);
          event.preventDefault();
          event.stopPropagation();
        }
      });
    }
    root.append(body);
    fill();
    return root;
  }

  Object.assign(geomap, { element, text, pages, card, citation });
})((window.geomap = window.geomap || {}));
