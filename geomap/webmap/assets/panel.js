// The panel: title, search, legend that filters, list of events.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const CROWD = 1000; // events from which a group's number is rounded, to leave its name room
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
      this.inView = false; // whether the list has only what the map shows
      this.typeRows = new Map();
      this.groupRows = new Map();
      this.chips = { status: new Map(), level: new Map() };
      this.root = element("aside", "gm-panel");
      this.root.id = "geomap-panel";
      this.root.setAttribute("aria-label", geomap.say("events"));
      this.build();
    }

    build() {
      this.root.append(this.head(), (this.body = element("div", "gm-scroll")));
      this.list = new geomap.EventList(this.app, this.body);
      this.body.append(this.filters(), this.listHead(), this.list.root);
      this.none = element("div", "gm-none");
      this.body.append(this.none, this.foot());
    }

    head() {
      const { core } = this.app.model;
      const head = element("header", "gm-top");
      this.handle = action("", () => this.toggle(), "gm-handle");
      this.handle.dir = document.documentElement.dir;
      this.handle.title = geomap.say("toggle");
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
      input.placeholder = geomap.say("search_hint");
      input.setAttribute("aria-label", geomap.say("search"));
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
      const summary = element("summary", "", text("span", "", geomap.say("filters")));
      this.clear = action(geomap.say("clear"), (event) => {
        event.preventDefault();
        this.app.reset();
      });
      summary.append(this.clear);
      this.time = new geomap.Timeline(this.app);
      const groups = this.groupsOf(model);
      box.append(summary, this.time.root, this.legend(groups), this.key(), this.moreFilters(groups));
      box.hidden = model.count === 0;
      return box;
    }

    /** The groups that occur, each with its types. */
    groupsOf(model) {
      const { type, group } = model.core.columns;
      const types = new Map();
      type.index.forEach((number, row) => {
        const known = geomap.groupOf(group.values[group.index[row]]);
        types.set(known, (types.get(known) || new Set()).add(type.values[number]));
      });
      return [...geomap.GROUPS, geomap.OTHER]
        .filter((known) => types.has(known))
        .map((known) => [known, [...types.get(known)].sort()]);
    }

    legend(groups) {
      const set = element("fieldset", "gm-set gm-groups", text("legend", "gm-unseen", geomap.say("kind")));
      for (const [group, types] of groups) {
        const count = element("span", "gm-number");
        const box = checkbox(true, (on) => this.app.choose("type", types, on));
        const name = text("span", "gm-label", geomap.nameOf("group", group.code));
        this.groupRows.set(group, { box, count, types });
        set.append(element("label", "gm-group", box, geomap.icon(group), name, count));
      }
      return set;
    }

    moreFilters(groups) {
      this.facets = geomap.CHOSEN.map((name) => new geomap.Facet(this.app, name));
      const more = element("details", "gm-further", text("summary", "", geomap.say("more_filters")));
      const types = element("fieldset", "gm-set gm-types", text("legend", "gm-unseen", geomap.say("types")));
      for (const [group, codes] of groups) {
        types.append(this.branch(group, codes));
      }
      more.append(
        types,
        ...this.facets.map((facet) => facet.root),
        this.chipFilter("status", geomap.say("status")),
        this.chipFilter("level", geomap.say("known_to")),
        this.confidenceFilter(this.app.model),
      );
      return more;
    }

    // A group's types below its name; all at once they are chosen in the legend.
    branch(group, codes) {
      const name = element("legend", "gm-branchname", geomap.icon(group));
      name.append(geomap.nameOf("group", group.code));
      return element("fieldset", "gm-branch", name, ...codes.map((type) => this.typeRow(group, type)));
    }

    typeRow(group, type) {
      const count = element("span", "gm-number");
      const box = checkbox(true, (on) => this.app.choose("type", [type], on));
      box.style.accentColor = group.color;
      this.typeRows.set(type, { box, count });
      return element("label", "gm-choice", box, text("span", "gm-label", geomap.nameOf("type", type)), count);
    }

    /** Chips for a facet's values, in the order of the words' table and then as they come. */
    chipFilter(facet, legend) {
      const { values } = this.app.model.facets[facet];
      const set = element("fieldset", "gm-set gm-chips", text("legend", "gm-legend", legend));
      const known = geomap.codesOf(facet);
      for (const value of [...known, ...values.filter((code) => !known.includes(code))]) {
        if (values.includes(value)) {
          const count = element("span", "gm-number");
          const box = checkbox(true, (on) => this.app.choose(facet, [value], on));
          this.chips[facet].set(value, { box, count });
          const name = text("span", "", geomap.nameOf(facet, value));
          set.append(element("label", "gm-chip", box, name, count));
        }
      }
      set.hidden = values.length < 2;
      return set;
    }

    confidenceFilter(model) {
      const row = element("label", "gm-sure", text("span", "", geomap.say("least_confidence")));
      this.least = element("input", "gm-leastsure");
      Object.assign(this.least, { type: "range", min: 0, max: 95, step: 5, value: 0 });
      this.leastText = element("output", "gm-number");
      this.least.addEventListener("input", () => this.app.setLeast(Number(this.least.value) / 100));
      row.append(this.least, this.leastText);
      row.hidden = model.core.columns.confidence.values.length < 2;
      return row;
    }

    key() {
      const entry = (className, words) =>
        element("li", "", element("span", `gm-key ${className}`), text("span", "", geomap.say(words)));
      return element(
        "ul",
        "gm-keys",
        entry("gm-key-point", "key_point"),
        entry("gm-key-cluster", "key_several"),
        entry("gm-key-plan", "key_plan"),
        entry("gm-key-area", "key_area"),
      );
    }

    listHead() {
      const order = element("select", "gm-select");
      order.setAttribute("aria-label", geomap.say("order"));
      for (const value of ["newest", "oldest", "surest", "by_type"]) {
        const option = element("option", "", geomap.say(value));
        option.value = value;
        order.append(option);
      }
      order.addEventListener("change", () => {
        this.app.arrange(order.value);
      });
      const box = checkbox(false, (on) => {
        this.inView = on;
        this.update();
      });
      const view = element("label", "gm-inview", box, text("span", "", geomap.say("in_view")));
      const head = element("div", "gm-listhead", text("h2", "gm-section", geomap.say("events")), view, order);
      head.hidden = this.app.model.count === 0;
      return head;
    }

    foot() {
      const { app } = this;
      const button = (key, act) => action(geomap.say(key), act, "gm-button");
      this.saves = [
        button("save_geojson", () => app.saveGeojson()),
        button("save_csv", () => app.saveCsv()),
      ];
      const foot = element(
        "footer",
        "gm-foot",
        ...this.saves,
        button("save_picture", () => app.savePicture()),
        button("print", () => window.print()),
        button("theme", () => app.turnScheme()),
      );
      foot.hidden = app.model.count === 0;
      return foot;
    }

    /** Show what the filter let through. */
    update() {
      const { filter } = this.app;
      this.rows = this.inView ? filter.rows.filter((row) => this.app.inView(row)) : filter.rows;
      this.updateCounts();
      this.time.update();
      this.fillList();
      this.clear.hidden = !filter.active;
      this.facets.forEach((facet) => facet.update());
      this.saves.forEach((save) => {
        save.disabled = filter.rows.length === 0;
      });
      this.least.value = Math.round(filter.least * 100);
      this.leastText.textContent = geomap.percent(filter.least);
    }

    updateCounts() {
      const { filter, model } = this.app;
      const { hidden, counts } = filter;
      for (const [type, { box, count }] of this.typeRows) {
        box.checked = !hidden.type.has(type);
        count.textContent = geomap.number(counts.type.get(type) || 0);
      }
      for (const { box, count, types } of this.groupRows.values()) {
        const on = types.filter((type) => !hidden.type.has(type)).length;
        box.checked = on > 0;
        box.indeterminate = on > 0 && on < types.length;
        const sum = types.reduce((total, type) => total + (counts.type.get(type) || 0), 0);
        count.textContent = sum < CROWD ? geomap.number(sum) : geomap.compact(sum);
        count.title = geomap.number(sum);
      }
      for (const [facet, chips] of Object.entries(this.chips)) {
        for (const [value, { box, count }] of chips) {
          box.checked = !hidden[facet].has(value);
          count.textContent = geomap.number(counts[facet].get(value) || 0);
        }
      }
      const unplaced = filter.rows.reduce((sum, row) => sum + (model.place(row) ? 0 : 1), 0);
      const total = geomap.number(model.count);
      const words = geomap.plural(filter.active ? "events_of" : "events", filter.rows.length, { total });
      const apart = unplaced ? ` · ${geomap.say("without_place", { n: geomap.number(unplaced) })}` : "";
      this.status.textContent = words + apart;
      this.handle.textContent = words;
      this.handle.setAttribute("aria-label", `${words}: ${geomap.say("toggle")}`);
    }

    /** The map has moved: keep a list of what is in view in step. */
    moved() {
      if (this.inView) {
        this.rows = this.app.filter.rows.filter((row) => this.app.inView(row));
        this.fillList();
      }
    }

    fillList() {
      this.list.show(this.rows);
      this.fillNone();
    }

    fillNone() {
      const { model, filter } = this.app;
      this.none.replaceChildren();
      this.none.hidden = this.rows.length > 0;
      if (model.count === 0) {
        this.none.append(text("p", "", geomap.say("none_found")));
      } else if (!this.rows.length) {
        const matched = filter.rows.length > 0;
        this.none.append(text("p", "", geomap.say(matched ? "none_view" : "none_match")));
        if (filter.active) {
          this.none.append(action(geomap.say("clear_all"), () => this.app.reset(), "gm-button"));
        }
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
