// The panel: title, search, legend that filters, list of events.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const PAGE = 100; // list entries shown at a time
  const SEARCH_DELAY = 120; // ms without a key before the search runs

  function checkbox(checked, changed) {
    const box = element("input", "gm-check");
    box.type = "checkbox";
    box.checked = checked;
    box.addEventListener("change", () => changed(box.checked));
    return box;
  }

  function action(label, act, className) {
    const node = text("button", className || "gm-link", label);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  class Panel {
    constructor(app) {
      this.app = app;
      this.shown = PAGE;
      this.newestFirst = true;
      this.typeRows = new Map();
      this.groupRows = new Map();
      this.statusRows = new Map();
      this.root = element("aside", "gm-panel");
      this.root.id = "geomap-panel";
      this.root.setAttribute("aria-label", "Events");
      this.build();
    }

    build() {
      this.root.append(this.head(), (this.body = element("div", "gm-scroll")));
      this.body.append(this.filters(), this.listHead(), (this.list = element("ol", "gm-list")));
      this.more = action("Show more", () => this.showMore(), "gm-button gm-showmore");
      this.none = element("div", "gm-none");
      this.body.append(this.more, this.none);
      this.list.addEventListener("keydown", (event) => this.moveFocus(event));
    }

    head() {
      const { core } = this.app.model;
      const head = element("header", "gm-top");
      this.handle = action("", () => this.toggle(), "gm-handle");
      this.handle.setAttribute("aria-label", "Show or hide the list of events");
      this.handle.setAttribute("aria-controls", "geomap-panel");
      head.append(this.handle, text("h1", "gm-name", core.title));
      if (core.subtitle) {
        head.append(text("p", "gm-subtitle", core.subtitle));
      }
      this.status = element("p", "gm-count");
      this.status.setAttribute("role", "status");
      this.status.setAttribute("aria-live", "polite");
      head.append(this.searchBox(), this.status);
      return head;
    }

    searchBox() {
      const input = element("input", "gm-search");
      input.type = "search";
      input.placeholder = "Search places, actors, sentences…";
      input.setAttribute("aria-label", "Search events");
      input.autocomplete = "off";
      input.spellcheck = false;
      input.dir = "auto";
      let timer = 0;
      input.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.app.search(input.value), SEARCH_DELAY);
      });
      this.input = input;
      return input;
    }

    filters() {
      const { model } = this.app;
      const box = element("details", "gm-filters");
      box.open = !geomap.narrow();
      const summary = element("summary", "", text("span", "", "Filter and legend"));
      this.clear = action("Clear", (event) => {
        event.preventDefault();
        this.app.reset();
      });
      summary.append(this.clear);
      box.append(summary, this.typeFilter(model), this.statusFilter(model));
      box.append(this.key());
      box.hidden = model.count === 0;
      return box;
    }

    typeFilter(model) {
      const byGroup = new Map();
      for (const row of model.order) {
        const group = geomap.groupOf(model.group(row));
        const types = byGroup.get(group) || new Set();
        byGroup.set(group, types.add(model.type(row)));
      }
      const set = element("fieldset", "gm-set", text("legend", "gm-unseen", "Type of event"));
      for (const group of [...geomap.GROUPS, geomap.OTHER]) {
        if (byGroup.has(group)) {
          set.append(this.groupRow(group, [...byGroup.get(group)].sort()));
        }
      }
      return set;
    }

    groupRow(group, types) {
      const count = element("span", "gm-number");
      const box = checkbox(true, (on) => this.app.setTypes(types, on));
      const label = element(
        "label",
        "gm-choice",
        box,
        geomap.icon(group),
        text("span", "gm-label", geomap.humanize(group.code)),
        count,
      );
      this.groupRows.set(group, { box, count, types });
      const inner = element("ul", "gm-types", ...types.map((type) => this.typeRow(type)));
      const fold = element("details", "gm-group");
      const summary = element("summary", "gm-fold");
      summary.setAttribute("aria-label", `Types of ${geomap.humanize(group.code).toLowerCase()}`);
      fold.append(summary, inner);
      return element("div", "gm-grouprow", label, fold);
    }

    typeRow(type) {
      const count = element("span", "gm-number");
      const box = checkbox(true, (on) => this.app.setTypes([type], on));
      this.typeRows.set(type, { box, count });
      return element(
        "li",
        "",
        element("label", "gm-choice", box, text("span", "gm-label", geomap.humanize(type)), count),
      );
    }

    statusFilter(model) {
      const present = new Set(model.order.map((row) => model.status(row)));
      const set = element("fieldset", "gm-set gm-chips", text("legend", "gm-unseen", "Status"));
      const known = Object.keys(geomap.STATUS);
      for (const status of [...known, ...[...present].filter((code) => !known.includes(code))]) {
        if (!present.has(status)) {
          continue;
        }
        const count = element("span", "gm-number");
        const box = checkbox(true, (on) => this.app.setStatus(status, on));
        this.statusRows.set(status, { box, count });
        const name = geomap.STATUS[status] || geomap.humanize(status);
        set.append(element("label", "gm-chip", box, text("span", "", name), count));
      }
      return set;
    }

    key() {
      const entry = (className, words) =>
        element("li", "", element("span", `gm-key ${className}`), text("span", "", words));
      return element(
        "ul",
        "gm-keys",
        entry("gm-key-point", "known place"),
        entry("gm-key-cluster", "several"),
        entry("gm-key-plan", "not (yet) happened"),
        entry("gm-key-area", "somewhere in an area"),
      );
    }

    listHead() {
      const order = element("select", "gm-select");
      order.setAttribute("aria-label", "Order of the list");
      for (const [value, words] of [["new", "Newest first"], ["old", "Oldest first"]]) {
        const option = element("option", "", words);
        option.value = value;
        order.append(option);
      }
      order.addEventListener("change", () => {
        this.newestFirst = order.value === "new";
        this.update();
      });
      order.hidden = this.app.model.count === 0;
      return element("div", "gm-listhead", text("h2", "gm-section", "Events"), order);
    }

    /** Show what the filter let through. */
    update() {
      const { filter } = this.app;
      this.shown = PAGE;
      this.rows = this.sorted(filter.rows);
      this.updateCounts();
      this.fillList();
      this.clear.hidden = !filter.active;
    }

    sorted(rows) {
      const { model } = this.app;
      const key = (row) => model.date_start(row) || "";
      const sign = this.newestFirst ? -1 : 1;
      return [...rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (!x !== !y) {
          return x ? -1 : 1; // those without a date come last either way
        }
        return x === y ? a - b : x < y ? -sign : sign;
      });
    }

    updateCounts() {
      const { filter, model } = this.app;
      for (const [type, { box, count }] of this.typeRows) {
        box.checked = !filter.hiddenTypes.has(type);
        count.textContent = geomap.number(filter.typeCounts.get(type) || 0);
      }
      for (const { box, count, types } of this.groupRows.values()) {
        const on = types.filter((type) => !filter.hiddenTypes.has(type)).length;
        box.checked = on > 0;
        box.indeterminate = on > 0 && on < types.length;
        const sum = types.reduce((total, type) => total + (filter.typeCounts.get(type) || 0), 0);
        count.textContent = geomap.number(sum);
      }
      for (const [status, { box, count }] of this.statusRows) {
        box.checked = !filter.hiddenStatuses.has(status);
        count.textContent = geomap.number(filter.statusCounts.get(status) || 0);
      }
      const unplaced = filter.rows.filter((row) => !model.place(row)).length;
      const total = filter.active ? ` of ${geomap.number(model.count)}` : "";
      const words = geomap.plural(filter.rows.length, "event");
      this.status.textContent =
        words.replace(/ event/, `${total} event`) +
        (unplaced ? ` · ${geomap.number(unplaced)} without a place` : "");
    }

    fillList() {
      this.list.replaceChildren(...this.rows.slice(0, this.shown).map((row) => this.item(row)));
      this.more.hidden = this.rows.length <= this.shown;
      this.fillNone();
    }

    fillNone() {
      const { model, filter } = this.app;
      this.none.replaceChildren();
      this.none.hidden = this.rows.length > 0;
      if (model.count === 0) {
        this.none.append(text("p", "", "No events were found in these articles."));
      } else if (!this.rows.length) {
        this.none.append(text("p", "", "No event matches."));
        if (filter.active) {
          this.none.append(action("Clear search and filters", () => this.app.reset(), "gm-button"));
        }
      }
    }

    showMore() {
      const first = this.shown;
      this.shown += PAGE;
      this.fillList();
      const next = this.list.children[first];
      if (next) {
        next.querySelector("button").focus();
      }
    }

    item(row) {
      const { model } = this.app;
      const place = model.place(row);
      const status = model.status(row);
      const button = element("button", "gm-item");
      button.type = "button";
      button.dataset.row = row;
      button.append(
        geomap.icon(geomap.groupOf(model.group(row)), !geomap.FIRM.has(status)),
        element(
          "span",
          "gm-lines",
          text("span", "gm-what", geomap.humanize(model.type(row))),
          text("span", place ? "gm-where" : "gm-where gm-noplace", place ? geomap.placeName(place) : "No place"),
        ),
        element(
          "span",
          "gm-side",
          text("span", "gm-date", geomap.shortDate(model.date_start(row), model.date_precision(row))),
          status && status !== "happened"
            ? text("span", `gm-status gm-${status}`, geomap.STATUS[status] || geomap.humanize(status))
            : null,
        ),
      );
      button.addEventListener("click", (event) => this.choose(row, event));
      return element("li", "", button);
    }

    choose(row, event) {
      const button = event.currentTarget;
      if (this.app.model.place(row)) {
        this.app.goTo(row, { focus: event.detail === 0, back: button });
      } else {
        this.unfold(row, button);
      }
    }

    // An event without a place has no popup: its card opens in the list.
    async unfold(row, button) {
      const open = button.parentElement.querySelector(".gm-card");
      button.setAttribute("aria-expanded", String(!open));
      if (open) {
        open.remove();
      } else {
        await this.app.needText();
        button.after(geomap.card(this.app.model, row));
      }
    }

    moveFocus(event) {
      const buttons = [...this.list.querySelectorAll(".gm-item")];
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (at >= 0 && to !== undefined && buttons[to]) {
        buttons[to].focus();
        event.preventDefault();
      }
    }

    /** Mark the list's entry of the event that is open on the map. */
    mark(row) {
      for (const button of this.list.querySelectorAll(".gm-item[aria-current]")) {
        button.removeAttribute("aria-current");
      }
      const button = row === null ? null : this.list.querySelector(`[data-row="${row}"]`);
      if (button) {
        button.setAttribute("aria-current", "true");
      }
    }

    toggle(open) {
      const folded =
        open === undefined ? !document.body.classList.contains("gm-folded") : !open;
      document.body.classList.toggle("gm-folded", folded);
      this.handle.setAttribute("aria-expanded", String(!folded));
      this.app.map.invalidateSize({ animate: false, pan: false });
    }
  }

  geomap.Panel = Panel;
})((window.geomap = window.geomap || {}));
