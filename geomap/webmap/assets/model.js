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
        rings: null, // a province's outline, where known
      };
    });
  }

  const DAY = 86400000; // ms
  const UNDATED = 1e7; // days: later than any date

  /** Days since 1970 of an ISO day. */
  function dayNumber(iso) {
    return Date.parse(`${iso}T00:00:00Z`) / DAY;
  }

  /** The ISO day of a number of days since 1970. */
  function isoDay(number) {
    return new Date(number * DAY).toISOString().slice(0, 10);
  }

  // First and last day of each row; NaN where the text gives neither.
  function readDays({ date_start: start, date_end: end }, count) {
    const number = (iso) => (iso ? dayNumber(iso) : NaN);
    const [starts, ends] = [start.values.map(number), end.values.map(number)];
    const first = new Float64Array(count);
    const last = new Float64Array(count);
    for (let row = 0; row < count; row += 1) {
      const a = starts[start.index[row]];
      const b = ends[end.index[row]];
      first[row] = Number.isNaN(a) ? b : a;
      last[row] = Number.isNaN(b) ? a : b;
    }
    return { first, last };
  }

  function levels(places, index) {
    const values = [...new Set(places.map((place) => (place ? place.level : "none")))];
    const known = places.map((place) => values.indexOf(place ? place.level : "none"));
    return { values, index: Uint32Array.from(index, (number) => known[number]) };
  }

  // Rows that tell of a movement whose start and end are known.
  function moves({ origin, place }) {
    const starts = origin.values.map((value) => value && value[1] !== null && value[2] !== null);
    const ends = place.values.map(Boolean);
    const rows = [];
    origin.index.forEach((number, row) => {
      if (starts[number] && ends[place.index[row]]) {
        rows.push(row);
      }
    });
    return rows;
  }

  /** Wrap the core blob. Rows are numbered in the order of the file. */
  function readModel(core) {
    const { columns, count } = core;
    const model = { core, count, text: null };
    for (const name of ["type", "group", "status", "date_start", "date_end", "date_precision", "role", "origin", "confidence"]) {
      model[name] = geomap.reader(columns[name]);
    }
    model.places = readPlaces(columns.place.values);
    model.placeIndex = columns.place.index;
    model.place = (row) => model.places[model.placeIndex[row]];
    model.days = readDays(columns, count);
    const groups = columns.group.values.map(geomap.groupNumber);
    const firm = columns.status.values.map((status) => (geomap.FIRM.has(status) ? 1 : 0));
    // Plain arrays of small numbers, for the loops over all rows.
    model.groupNumbers = Uint8Array.from(columns.group.index, (i) => groups[i]);
    model.firm = Uint8Array.from(columns.status.index, (i) => firm[i]);
    model.facets = {
      type: { values: columns.type.values, index: Uint32Array.from(columns.type.index) },
      status: { values: columns.status.values, index: Uint32Array.from(columns.status.index) },
      level: levels(model.places, model.placeIndex),
    };
    model.sureness = Float32Array.from(columns.confidence.index, (i) => columns.confidence.values[i] || 0);
    model.moves = moves(columns);
    arrange(model, true);
    return model;
  }

  /** Set the order of the list: by date, those without one last; rank of a row in it. */
  function arrange(model, newestFirst) {
    const sign = newestFirst ? -1 : 1;
    // One number holds day and row, so that the numbers' own fast sort does it.
    const keys = model.days.first.map((day, row) => {
      const rank = Number.isNaN(day) ? UNDATED : sign * day;
      return rank * model.count + row;
    });
    model.order = Int32Array.from(keys.sort(), (key) => {
      const row = key % model.count;
      return row < 0 ? row + model.count : row;
    });
    model.rank = new Int32Array(model.count);
    model.order.forEach((row, i) => {
      model.rank[row] = i;
    });
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
      geomap.nameOf("type", model.type(row)),
      geomap.nameOf("group", model.group(row)),
      place ? `${place.name}\n${geomap.placeName(place)}` : "",
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
      blob,
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

  const FACETS = ["type", "status", "level"];
  const TINY = 1e-6; // confidences are stored in less than full precision
  const BIT = { type: 1, status: 2, level: 4, time: 8, search: 16, confidence: 32 };

  /** Which events pass, in the list's order; recounts what each choice would leave. */
  class Filter {
    constructor(model) {
      this.model = model;
      this.hidden = { type: new Set(), status: new Set(), level: new Set() };
      this.counts = {};
      this.failed = new Uint8Array(model.count);
      this.haystack = null;
      this.reset();
      this.run();
    }

    reset() {
      FACETS.forEach((name) => this.hidden[name].clear());
      this.words = "";
      this.terms = [];
      this.from = -Infinity;
      this.to = Infinity;
      this.least = 0;
    }

    get timed() {
      return this.from !== -Infinity || this.to !== Infinity;
    }

    get active() {
      const hidden = FACETS.some((name) => this.hidden[name].size);
      return hidden || this.terms.length > 0 || this.timed || this.least > 0;
    }

    search(words) {
      this.words = words;
      this.terms = fold(words).split(/\s+/).filter(Boolean);
      if (this.terms.length && !this.haystack) {
        this.haystack = [];
        for (let row = 0; row < this.model.count; row += 1) {
          this.haystack.push(searchText(this.model, row));
        }
      }
    }

    /** Mark in `failed` the rows that a test lets not through. */
    fail(bit, passes) {
      const { failed } = this;
      for (let row = 0; row < failed.length; row += 1) {
        if (!passes(row)) {
          failed[row] |= bit;
        }
      }
    }

    failFacet(name) {
      const { values, index } = this.model.facets[name];
      const hidden = Uint8Array.from(values, (value) => (this.hidden[name].has(value) ? 1 : 0));
      this.fail(BIT[name], (row) => !hidden[index[row]]);
    }

    run() {
      const { model, failed, from, to, least, terms, haystack } = this;
      failed.fill(0);
      FACETS.filter((name) => this.hidden[name].size).forEach((name) => this.failFacet(name));
      if (this.timed) {
        const { first, last } = model.days;
        // An event without a date is at no time, and so in no range of it.
        this.fail(BIT.time, (row) => last[row] >= from && first[row] <= to);
      }
      if (least > 0) {
        this.fail(BIT.confidence, (row) => model.sureness[row] >= least - TINY);
      }
      if (terms.length) {
        this.fail(BIT.search, (row) => terms.every((term) => haystack[row].includes(term)));
      }
      FACETS.forEach((name) => this.count(name));
      this.rows = model.order.filter((row) => failed[row] === 0);
    }

    /** Count for each value of a facet the rows that nothing but this facet hides. */
    count(name) {
      const { values, index } = this.model.facets[name];
      const tally = new Uint32Array(values.length);
      const others = ~BIT[name];
      for (let row = 0; row < index.length; row += 1) {
        if ((this.failed[row] & others) === 0) {
          tally[index[row]] += 1;
        }
      }
      this.counts[name] = new Map(values.map((value, i) => [value, tally[i]]));
    }

    passes(row) {
      return this.failed[row] === 0;
    }

    /** Whether a row passes all but the range of time. */
    passesButTime(row) {
      return (this.failed[row] & ~BIT.time) === 0;
    }
  }

  Object.assign(geomap, { readModel, readText, arrange, Filter, FACETS, dayNumber, isoDay });
})((window.geomap = window.geomap || {}));
