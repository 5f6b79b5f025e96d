// The events: columns as decoded, and which of them the filters let through.
(function (geomap) {
  "use strict";

  const POINT_LEVELS = new Set(["site", "city", "district"]);

  function readPlaces(values) {
    return values.map((row, number) => {
      if (row === null) {
        return null;
      }
      const [lon, lat, name, id, feature, country, admin1, geoPrecision, wherePrec, radius, level] = row;
      return {
        number,
        lon,
        lat,
        x: geomap.mercatorX(lon),
        y: geomap.mercatorY(lat),
        name: name || "",
        id,
        feature,
        country: country || "",
        admin1: admin1 || "",
        geoPrecision,
        wherePrec,
        radius: radius || 0,
        level: level || "site",
        area: !POINT_LEVELS.has(level || "site"),
      };
    });
  }

  /** Wrap the core blob. Rows are numbered in the order of the file. */
  function readModel(core) {
    const model = { core, count: core.count, text: null };
    for (const name of ["type", "group", "status", "date_start", "date_end", "date_precision", "role", "origin"]) {
      model[name] = geomap.reader(core.columns[name]);
    }
    model.confidence = (row) => core.columns.confidence.values[core.columns.confidence.index[row]];
    model.places = readPlaces(core.columns.place.values);
    model.placeIndex = core.columns.place.index;
    model.place = (row) => model.places[model.placeIndex[row]];
    model.order = [...Array(core.count).keys()];
    return model;
  }

  function fold(text) {
    return String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /** All that a search looks through for an event. */
  function searchText(model, row) {
    const { text } = model;
    const place = model.place(row);
    const origin = model.origin(row);
    const parts = [
      geomap.humanize(model.type(row)),
      geomap.humanize(model.group(row)),
      place ? geomap.placeName(place) : "",
      origin ? origin[0] : "",
      ...text.actors(row),
      ...text.targets(row),
    ];
    for (const report of text.reports(row)) {
      parts.push(report.quote, report.article_title);
    }
    return fold(parts.filter(Boolean).join("\n"));
  }

  const REPORT_KEYS = [
    "trigger", "trigger_start", "trigger_end", "quote", "quote_start", "quote_end",
    "mention", "mention_start", "mention_end", "confidence", "reason",
  ];

  /** Wrap the text blob. */
  function readText(blob) {
    const columns = {};
    for (const [name, column] of Object.entries(blob.columns)) {
      columns[name] = geomap.reader(column);
    }
    const reports = {};
    for (const [name, column] of Object.entries(blob.reports)) {
      reports[name] = geomap.reader(column);
    }
    function report(number) {
      const result = {};
      for (const key of REPORT_KEYS) {
        result[key] = reports[key](number);
      }
      const article = reports.article(number);
      [result.article_id, result.article_title, result.article_url, result.published] = article;
      return result;
    }
    return {
      ...columns,
      actors: (row) => columns.actors(row) || [],
      targets: (row) => columns.targets(row) || [],
      reports(row) {
        const list = [];
        for (let n = blob.first[row]; n < blob.first[row + 1]; n += 1) {
          list.push(report(n));
        }
        return list;
      },
    };
  }

  const NONE = 0;
  const BY_TYPE = 1;
  const BY_STATUS = 2;
  const BY_SEARCH = 4;

  /** Which events pass; recounts what each choice would leave. */
  class Filter {
    constructor(model) {
      this.model = model;
      this.hiddenTypes = new Set();
      this.hiddenStatuses = new Set();
      this.terms = [];
      this.failed = new Uint8Array(model.count);
      this.haystack = null;
      this.run();
    }

    search(text) {
      this.terms = fold(text).split(/\s+/).filter(Boolean);
      if (this.terms.length && !this.haystack) {
        this.haystack = this.model.order.map((row) => searchText(this.model, row));
      }
    }

    found(row) {
      return this.terms.every((term) => this.haystack[row].includes(term));
    }

    run() {
      const { model, failed } = this;
      this.typeCounts = new Map();
      this.statusCounts = new Map();
      this.rows = [];
      const bump = (map, key) => map.set(key, (map.get(key) || 0) + 1);
      for (const row of model.order) {
        const type = model.type(row);
        const status = model.status(row);
        let bits = NONE;
        if (this.hiddenTypes.has(type)) {
          bits |= BY_TYPE;
        }
        if (this.hiddenStatuses.has(status)) {
          bits |= BY_STATUS;
        }
        if (this.terms.length && !this.found(row)) {
          bits |= BY_SEARCH;
        }
        failed[row] = bits;
        if (bits === NONE) {
          this.rows.push(row);
        }
        if ((bits & ~BY_TYPE) === NONE) {
          bump(this.typeCounts, type);
        }
        if ((bits & ~BY_STATUS) === NONE) {
          bump(this.statusCounts, status);
        }
      }
      return this.rows;
    }

    passes(row) {
      return this.failed[row] === NONE;
    }

    get active() {
      return this.hiddenTypes.size > 0 || this.hiddenStatuses.size > 0 || this.terms.length > 0;
    }

    reset() {
      this.hiddenTypes.clear();
      this.hiddenStatuses.clear();
      this.terms = [];
    }
  }

  Object.assign(geomap, { readModel, readText, Filter, fold });
})((window.geomap = window.geomap || {}));
