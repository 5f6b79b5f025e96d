// Turns codes and figures into the words that the page shows.
(function (geomap) {
  "use strict";

  const MONTHS =
    "January February March April May June July August September October November December".split(
      " ",
    );
  const WEEKDAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

  const STATUS = {
    happened: "Happened",
    ongoing: "Ongoing",
    planned: "Planned",
    threatened: "Threatened",
    demanded: "Demanded",
    denied: "Denied",
    hypothetical: "Hypothetical",
    background: "Background",
  };

  const LEVEL = {
    site: "this place",
    city: "city level",
    district: "district level",
    admin2: "district level",
    admin1: "province level",
    region: "region level",
    country: "country level",
    sea: "sea area",
  };

  const LEVEL_NAMES = {
    site: "exact place",
    city: "city",
    district: "district",
    admin2: "county",
    admin1: "province",
    region: "region",
    country: "country",
    sea: "sea area",
    none: "no place",
  };

  const ROLE = { destination: "Moving to", target: "Aimed at", base: "Based at", site: "Where" };

  /** "air_strike" -> "Air strike" */
  function humanize(code) {
    const text = String(code).replaceAll("_", " ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  function number(value) {
    return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function plural(count, one, many) {
    return `${number(count)} ${count === 1 ? one : many || `${one}s`}`;
  }

  /** "25", "at least 25", "3–5", "up to 5" for the bounds of a count. */
  function range(low, high) {
    if (low === null || low === undefined) {
      return high === null || high === undefined ? "" : `up to ${number(high)}`;
    }
    if (high === null || high === undefined) {
      return `at least ${number(low)}`;
    }
    return low === high ? number(low) : `${number(low)}–${number(high)}`;
  }

  function parts(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
  }

  function spell({ year, month, day }) {
    return `${day} ${MONTHS[month - 1]} ${year}`;
  }

  function days(start, end) {
    const a = parts(start);
    const b = parts(end);
    if (start === end) {
      return `${WEEKDAYS[a.weekday]}, ${spell(a)}`;
    }
    if (a.year !== b.year) {
      return `${spell(a)} – ${spell(b)}`;
    }
    if (a.month !== b.month) {
      return `${a.day} ${MONTHS[a.month - 1]} – ${spell(b)}`;
    }
    return `${a.day}–${spell(b)}`;
  }

  /** A date with its precision, in words. */
  function when(start, end, precision) {
    if (!start) {
      return end ? `By ${spell(parts(end))}` : "Date not given";
    }
    const first = parts(start);
    if (precision === "year") {
      return `${first.year} (year only)`;
    }
    if (precision === "month") {
      return `${MONTHS[first.month - 1]} ${first.year} (month only)`;
    }
    const text = days(start, end || start);
    return precision === "week" ? `${text} (within the week)` : text;
  }

  /** A date for a narrow column: "31 Dec 2019". */
  function shortDate(start, end, precision) {
    if (!start) {
      return end ? `by ${shortDate(end, end, "day")}` : "No date";
    }
    const { year, month, day } = parts(start);
    const name = MONTHS[month - 1].slice(0, 3);
    if (precision === "year") {
      return String(year);
    }
    return precision === "month" ? `${name} ${year}` : `${day} ${name} ${year}`;
  }

  function countryName(code) {
    return (geomap.world && geomap.world.names.get(code)) || code;
  }

  /** The place with what contains it: "Green Zone, Baghdad, Iraq". */
  function placeName(place) {
    if (!place) {
      return "Place not known";
    }
    const names = [place.name];
    if (place.level !== "country" && place.level !== "sea") {
      names.push(place.admin1, place.country && countryName(place.country));
    }
    const shown = names.filter(Boolean);
    return shown.filter((name, i) => shown.indexOf(name) === i).join(", ");
  }

  /** How exactly the place is known, in words. */
  function precisionWords(place) {
    if (!place) {
      return "The text does not say where; it is not on the map.";
    }
    const level = LEVEL[place.level] || place.level;
    const radius = place.radius ? `, within about ${number(Math.round(place.radius))} km` : "";
    if (place.level === "site") {
      return "At this place";
    }
    if (place.level === "city") {
      return `In ${place.name} (${level})`;
    }
    if (place.level === "country") {
      return `Somewhere in ${place.name} (${level})`;
    }
    return `Somewhere in ${place.name} (${level}${radius})`;
  }

  Object.assign(geomap, {
    STATUS,
    LEVEL_NAMES,
    ROLE,
    humanize,
    number,
    plural,
    range,
    when,
    shortDate,
    countryName,
    placeName,
    precisionWords,
  });
})((window.geomap = window.geomap || {}));
