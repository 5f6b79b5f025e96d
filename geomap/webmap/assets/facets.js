// A searchable list of values to choose from: actors, sources.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const MOST = 40; // values shown at a time

  class Facet {
    constructor(app, name) {
      this.app = app;
      this.name = name;
      this.query = "";
      this.root = element("details", "gm-facet");
      this.root.hidden = app.model.many[name].values.length < 2;
      this.badge = element("span", "gm-badge");
      const label = geomap.say(name);
      this.list = element("ul", "gm-options");
      this.list.setAttribute("aria-label", label);
      this.rest = element("p", "gm-rest");
      this.root.append(
        element("summary", "", text("span", "", label), this.badge),
        this.searchBox(),
        this.list,
        this.rest,
      );
      this.root.addEventListener("toggle", () => this.update());
    }

    searchBox() {
      const input = element("input", "gm-search gm-find");
      input.type = "search";
      input.placeholder = geomap.say(`find_${this.name}`);
      input.setAttribute("aria-label", geomap.say(`find_${this.name}`));
      input.autocomplete = "off";
      input.dir = "auto";
      input.addEventListener("input", () => {
        this.query = geomap.fold(input.value.trim());
        this.update();
      });
      return input;
    }

    // The chosen ones first, then those with most events.
    ranked() {
      const chosen = this.app.filter.chosen[this.name];
      const rank = ([value, count]) => (chosen.has(value) ? 1e9 : 0) + count;
      return this.app.filter
        .countChosen(this.name)
        .filter(([value, count]) => chosen.has(value) || count > 0)
        .filter(([value]) => chosen.has(value) || geomap.fold(value).includes(this.query))
        .sort((a, b) => rank(b) - rank(a) || (a[0] < b[0] ? -1 : 1));
    }

    update() {
      const chosen = this.app.filter.chosen[this.name];
      this.badge.textContent = chosen.size ? geomap.number(chosen.size) : "";
      if (!this.root.open) {
        return;
      }
      const focused = this.list.contains(document.activeElement) ? document.activeElement.value : null;
      const values = this.ranked();
      this.list.replaceChildren(...values.slice(0, MOST).map((entry) => this.option(entry)));
      const left = values.length - MOST;
      this.rest.hidden = left <= 0;
      this.rest.textContent = left > 0 ? geomap.say("not_shown", { n: geomap.number(left) }) : "";
      const again = [...this.list.querySelectorAll("input")].find((box) => box.value === focused);
      if (again && focused !== null) {
        again.focus();
      }
    }

    option([value, count]) {
      const box = element("input", "gm-check");
      Object.assign(box, { type: "checkbox", value });
      box.checked = this.app.filter.chosen[this.name].has(value);
      box.addEventListener("change", () => this.app.pick(this.name, value, box.checked));
      const label = text("span", "gm-label", value);
      const number = text("span", "gm-number", geomap.number(count));
      return element("li", "", element("label", "gm-choice", box, label, number));
    }
  }

  geomap.Facet = Facet;
})((window.geomap = window.geomap || {}));
