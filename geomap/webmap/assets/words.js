// Turns codes and figures into the words that the page shows, in the page's language.
(function (geomap) {
  "use strict";

  let table = null; // the words of the language: see words.en.json
  const formats = new Map();
  const ROUND = 100; // one more than a multiple of it was told as "more than"

  /** Take the words from the page. They come in the clear, so that even a failure can be told. */
  function readWords() {
    table = JSON.parse(document.getElementById("geomap-words").textContent);
    formats.clear();
  }

  function format(kind, options) {
    const key = `${kind} ${JSON.stringify(options)}`;
    if (!formats.has(key)) {
      formats.set(key, new Intl[kind](table.locale, options));
    }
    return formats.get(key);
  }

  // One pass, so that braces in a value stay as they are.
  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  /** The words for a key, their gaps filled. */
  function say(key, values) {
    return fill(table.ui[key], values || {});
  }

  /** The words for a number of things, in the grammar of the language. */
  function plural(key, n, values) {
    const forms = table.plurals[key];
    const form = forms[format("PluralRules", {}).select(n)] || forms.other;
    return fill(form, { n: number(n), ...values });
  }

  /** "air_strike" -> "Air strike" */
  function humanize(code) {
    const text = String(code).replaceAll("_", " ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  /** The name of a code in one of the tables; the code itself where it is none of ours. */
  function nameOf(kind, code) {
    return Object.hasOwn(table[kind], code) ? table[kind][code] : humanize(code);
  }

  /** The codes of a table, in its order. */
  function codesOf(kind) {
    return Object.keys(table[kind]);
  }

  function number(value) {
    return format("NumberFormat", {}).format(value);
  }

  /** A share from 0 to 1 as a percentage. */
  function percent(share) {
    return format("NumberFormat", { style: "percent" }).format(share);
  }

  /** A count in at most four characters or so: "950", "1.2k", "34k". */
  function compact(count) {
    if (count < 1000) {
      return number(count);
    }
    const digits = { maximumFractionDigits: count < 10000 ? 1 : 0 };
    return `${format("NumberFormat", digits).format(count / 1000)}k`;
  }

  /** "25", "at least 25", "more than 1,000", "3–5", "up to 5" for the bounds of a count. */
  function range(low, high) {
    if (low === null || low === undefined) {
      return high === null || high === undefined ? "" : say("up_to", { n: number(high) });
    }
    if (high === null || high === undefined) {
      // "More than a thousand" comes as 1001: nobody says it so.
      const round = low > ROUND && low % ROUND === 1;
      return round ? say("more_than", { n: number(low - 1) }) : say("at_least", { n: number(low) });
    }
    if (low === 0 && high > 0) {
      return say("up_to", { n: number(high) });
    }
    return low === high ? number(low) : `${number(low)}–${number(high)}`;
  }

  /** "at least 25 killed", "about 30 killed"; nothing where there was none and the language has no word for that. */
  function people(kind, low, high, about = false) {
    if (high === 0) {
      return table.nobody[kind] || "";
    }
    const exact = range(low, high);
    const n = about && low && low === high ? say("about", { n: exact }) : exact;
    if (!n) {
      return "";
    }
    return Object.hasOwn(table.count, kind)
      ? fill(table.count[kind], { n })
      : `${n} ${humanize(kind).toLowerCase()}`;
  }

  const LONG = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  const SHORT = { ...LONG, month: "short" };
  const FULL = { ...LONG, weekday: "long" };
  const MONTH = { month: "long", year: "numeric", timeZone: "UTC" };
  const SHORT_MONTH = { ...MONTH, month: "short" };
  const YEAR = { year: "numeric", timeZone: "UTC" };

  // An ISO day in words; what is no day stays as it is.
  function day(iso, options) {
    const time = Date.parse(`${iso}T00:00:00Z`);
    return Number.isNaN(time) ? String(iso) : format("DateTimeFormat", options).format(time);
  }

  function days(start, end) {
    const [from, to] = [start, end].map((iso) => Date.parse(`${iso}T00:00:00Z`));
    if (start === end || !(from < to)) {
      return day(start, FULL);
    }
    return format("DateTimeFormat", LONG).formatRange(from, to);
  }

  /** A date with its precision, in words. */
  function when(start, end, precision) {
    if (!start) {
      return end ? say("by_date", { date: day(end, LONG) }) : say("date_unknown");
    }
    if (precision === "year") {
      return say("year_only", { date: day(start, YEAR) });
    }
    if (precision === "month") {
      return say("month_only", { date: day(start, MONTH) });
    }
    const date = days(start, end || start);
    return precision === "week" ? say("in_week", { date }) : date;
  }

  /** A date for a narrow column: "31 Dec 2019". */
  function shortDate(start, end, precision) {
    if (!start) {
      return end ? say("by_date_short", { date: day(end, SHORT) }) : say("no_date");
    }
    return day(start, { year: YEAR, month: SHORT_MONTH }[precision] || SHORT);
  }

  /** A country's name: the basemap's in English, else the browser's in the page's language. */
  function countryName(code) {
    const known = geomap.world && geomap.world.names.get(code);
    if (table.locale.startsWith("en") || !/^[A-Z]{2}$/.test(code)) {
      return known || code;
    }
    const name = format("DisplayNames", { type: "region" }).of(code);
    return name === code ? known || code : name;
  }

  // The language's own name where the place is a country.
  function ownName(place) {
    const foreign = place.level === "country" && !table.locale.startsWith("en") && place.country;
    return foreign ? countryName(place.country) : place.name;
  }

  /** The place with what contains it: "Green Zone, Baghdad, Iraq". */
  function placeName(place) {
    const names = [ownName(place)];
    if (place.level !== "country" && place.level !== "sea") {
      names.push(place.admin1, place.country && countryName(place.country));
    }
    const shown = names.filter(Boolean);
    const listed = shown.filter((name, i) => shown.indexOf(name) === i);
    return listed.join(table.direction === "rtl" ? "، " : ", ");
  }

  /** The place of an event that is nowhere on the map: named at least, or not even that. */
  function unplacedName(name, otherwise) {
    return name ? say("not_in_gazetteer", { place: name }) : say(otherwise);
  }

  /** How exactly the place is known, in words. */
  function precisionWords(place, unplaced) {
    if (!place) {
      return say(unplaced ? "lacks_place" : "not_on_map");
    }
    const name = ownName(place);
    if (place.level === "site") {
      return say("at_place");
    }
    if (place.level === "city") {
      return say("in_city", { place: name });
    }
    if (place.level === "country") {
      return say("in_country", { place: name });
    }
    const level = nameOf("precision", place.level);
    const km = number(Math.round(place.radius));
    return say(place.radius ? "in_radius" : "in_area", { place: name, level, km });
  }

  Object.assign(geomap, {
    readWords,
    say,
    plural,
    nameOf,
    codesOf,
    isRightToLeft: () => table.direction === "rtl",
    number,
    percent,
    compact,
    people,
    when,
    shortDate,
    countryName,
    ownName,
    placeName,
    unplacedName,
    precisionWords,
  });
})((window.geomap = window.geomap || {}));
