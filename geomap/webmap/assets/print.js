// What goes on paper: the map as it stands, what is filtered, and the events in a table.
(function (geomap) {
  "use strict";

  const { element, text } = geomap;
  const MOST = 300; // events in the table: some ten pages

  function legend(app) {
    const list = element("ul", "gm-printlegend");
    const known = new Set(app.filter.rows.map((row) => app.model.groupNumbers[row]));
    [...geomap.GROUPS, geomap.OTHER].forEach((group, number) => {
      if (known.has(number)) {
        const name = text("span", "", geomap.nameOf("group", group.code));
        list.append(element("li", "", geomap.icon(group, false), name));
      }
    });
    return list;
  }

  function line(model, row) {
    const place = model.place(row);
    const [report] = model.text ? model.text.reports(row) : [];
    const cells = [
      geomap.shortDate(model.date_start(row), model.date_end(row), model.date_precision(row)),
      geomap.nameOf("type", model.type(row)),
      geomap.nameOf("status", model.status(row)),
      place ? geomap.placeName(place) : geomap.unplacedName(model.unplaced(row), "no_place"),
      (report && report.quote) || "",
    ];
    return element("tr", "", ...cells.map((cell) => text("td", "", cell)));
  }

  function table(app) {
    const heads = ["date", "event", "status", "place", "sentence"].map((key) => {
      const head = text("th", "", geomap.say(key));
      head.scope = "col";
      return head;
    });
    const rows = Array.from(app.filter.rows.slice(0, MOST), (row) => line(app.model, row));
    return element(
      "table",
      "gm-table",
      element("thead", "", element("tr", "", ...heads)),
      element("tbody", "", ...rows),
    );
  }

  function range(filter) {
    return filter.timed && Number.isFinite(filter.from) && Number.isFinite(filter.to)
      ? geomap.when(geomap.isoDay(filter.from), geomap.isoDay(filter.to), "day")
      : "";
  }

  /** Put the paper's content into the page, which shows it in print alone. */
  function preparePrint(app) {
    const { core } = app.model;
    const before = document.documentElement.dataset.scheme;
    app.setScheme("light"); // ink on paper
    const picture = geomap.picture(app.map.getContainer(), app.colors);
    app.setScheme(before);
    picture.className = "gm-printmap";
    const left = app.filter.rows.length - MOST;
    const notes = [core.subtitle, app.panel.status.textContent, app.filter.words.trim(), range(app.filter)];
    const sheet = element(
      "section",
      "gm-print",
      text("h1", "", core.title),
      ...notes.filter(Boolean).map((words) => text("p", "", words)),
      picture,
      legend(app),
      table(app),
      left > 0 ? text("p", "", geomap.plural("not_listed", left)) : null,
    );
    sheet.setAttribute("aria-hidden", "true");
    document.querySelectorAll(".gm-print").forEach((old) => old.remove());
    document.body.append(sheet);
  }

  geomap.preparePrint = preparePrint;
})((window.geomap = window.geomap || {}));
