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

  // A number for each row: that of the value it points to. Much faster than from() with a function.
  function spread(Numbers, index, values) {
    const result = new Numbers(index.length);
    for (let row = 0; row < index.length; row += 1) {
      result[row] = values[index[row]];
    }
    return result;
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
    return { first, last, undated: first.some(Number.isNaN) };
  }

  function levels(places, index) {
    const values = [...new Set(places.map((place) => (place ? place.level : "none")))];
    const known = places.map((place) => values.indexOf(place ? place.level : "none"));
    return { values, index: spread(Uint32Array, index, known) };
  }

  /** A column of lists: its distinct values, and for each list their numbers. */
  function readMany({ values, index }) {
    const numbers = new Map();
    const numberOf = (value) => {
      if (!numbers.has(value)) {
        numbers.set(value, numbers.size);
      }
      return numbers.get(value);
    };
    const lists = values.map((list) => [...new Set((list || []).map(numberOf))]);
    return { values: [...numbers.keys()], lists, index };
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
    for (const name of ["type", "group", "status", "date_start", "date_end", "date_precision", "role", "origin", "actors", "confidence"]) {
      model[name] = geomap.reader(columns[name]);
    }
    model.places = readPlaces(columns.place.values);
    model.placeIndex = columns.place.index;
    model.place = (row) => model.places[model.placeIndex[row]];
    model.unplaced = geomap.reader(core.unplaced); // a place that is named, and known to nobody
    model.days = readDays(columns, count);
    const groups = columns.group.values.map(geomap.groupNumber);
    const firm = columns.status.values.map((status) => (geomap.FIRM.has(status) ? 1 : 0));
    // Plain arrays of small numbers, for the loops over all rows.
    model.groupNumbers = spread(Uint8Array, columns.group.index, groups);
    model.firm = spread(Uint8Array, columns.status.index, firm);
    model.facets = {
      type: { values: columns.type.values, index: Uint32Array.from(columns.type.index) },
      status: { values: columns.status.values, index: Uint32Array.from(columns.status.index) },
      level: levels(model.places, model.placeIndex),
    };
    model.many = { actor: readMany(columns.actors), source: readMany(core.sources) };
    const shares = columns.confidence.values.map((share) => share || 0);
    model.sureness = spread(Float32Array, columns.confidence.index, shares);
    model.moves = moves(columns);
    arrange(model, "newest");
    return model;
  }

  // Rows by date, those without one last.
  function byDate(model, sign) {
    // One number holds day and row, so that the numbers' own fast sort does it.
    const keys = model.days.first.map((day, row) => {
      const rank = Number.isNaN(day) ? UNDATED : sign * day;
      return rank * model.count + row;
    });
    const rows = new Int32Array(model.count);
    keys.sort().forEach((key, i) => {
      const row = key % model.count;
      rows[i] = row < 0 ? row + model.count : row;
    });
    return rows;
  }

  // What comes before the date in an order of the list: the lower, the earlier.
  const RANKS = {
    surest: (model) => model.sureness.map((share) => -share),
    by_type(model) {
      const { values, index } = model.facets.type;
      const names = values.map((code) => geomap.nameOf("type", code));
      const sorted = [...names].sort((a, b) => a.localeCompare(b));
      const ranks = names.map((name) => sorted.indexOf(name));
      return index.map((number) => ranks[number]);
    },
  };

  /** Set the order of the list: newest, oldest, surest, by_type; and the rank of a row in it. */
  function arrange(model, how) {
    model.order = byDate(model, how === "oldest" ? 1 : -1);
    if (RANKS[how]) {
      const ranks = RANKS[how](model);
      model.order.sort((a, b) => ranks[a] - ranks[b]);
    }
    model.rank = new Int32Array(model.count);
    for (let i = 0; i < model.count; i += 1) {
      model.rank[model.order[i]] = i;
    }
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
      place ? `${place.name}\n${geomap.placeName(place)}` : model.unplaced(row),
      origin ? origin[0] : "",
      ...(model.actors(row) || []),
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

  Object.assign(geomap, { readModel, readText, arrange, dayNumber, isoDay, fold, searchText });
})((window.geomap = window.geomap || {}));
