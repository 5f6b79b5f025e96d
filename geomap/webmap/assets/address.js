// The view, the filters and the open event in the page's address, so that a link leads back.
(function (geomap) {
  "use strict";

  const DIGITS = 4; // of a degree: about 10 m

  function list(set) {
    return [...set].sort().join(",");
  }

  // Half a surrogate pair has no place in an address.
  function wellFormed(text) {
    return text.toWellFormed ? text.toWellFormed() : text;
  }

  /** The part of the address after #. */
  function write(app) {
    const { filter, map } = app;
    const { lat, lng } = map.getCenter();
    const parts = new URLSearchParams();
    parts.set("map", `${map.getZoom()}/${lat.toFixed(DIGITS)}/${lng.toFixed(DIGITS)}`);
    for (const name of geomap.FACETS) {
      if (filter.hidden[name].size) {
        parts.set(`no-${name}`, list(filter.hidden[name]));
      }
    }
    if (filter.words.trim()) {
      parts.set("q", wellFormed(filter.words));
    }
    if (filter.timed) {
      parts.set("time", `${geomap.isoDay(filter.from)}/${geomap.isoDay(filter.to)}`);
    }
    for (const name of geomap.CHOSEN) {
      [...filter.chosen[name]].sort().forEach((value) => parts.append(name, wellFormed(value)));
    }
    if (filter.undated !== null) {
      parts.set("undated", filter.undated ? "yes" : "no");
    }
    if (filter.least) {
      parts.set("sure", String(filter.least));
    }
    if (app.selection.row !== null) {
      parts.set("event", app.model.text.id(app.selection.row));
    }
    return parts.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  }

  function readView(value) {
    const [zoom, lat, lng] = (value || "").split("/").map(Number);
    return [zoom, lat, lng].every(Number.isFinite) ? { zoom, center: [lat, lng] } : null;
  }

  function readTime(value) {
    const days = (value || "").split("/").map(geomap.dayNumber);
    return days.length === 2 && days.every(Number.isFinite) ? days : null;
  }

  /** What an address asks for; parts that make no sense are left out. */
  function read(hash) {
    const parts = new URLSearchParams(hash.replace(/^#/, ""));
    const hidden = {};
    for (const name of geomap.FACETS) {
      hidden[name] = (parts.get(`no-${name}`) || "").split(",").filter(Boolean);
    }
    const chosen = {};
    for (const name of geomap.CHOSEN) {
      chosen[name] = parts.getAll(name);
    }
    return {
      chosen,
      undated: { yes: true, no: false }[parts.get("undated")] ?? null,
      view: readView(parts.get("map")),
      hidden,
      words: parts.get("q") || "",
      time: readTime(parts.get("time")),
      least: Math.min(1, Math.max(0, Number(parts.get("sure")) || 0)),
      event: parts.get("event"),
    };
  }

  /** Keep the address in step; quietly not, where the page may not change it. */
  function keep(app) {
    try {
      history.replaceState(null, "", `#${write(app)}`);
    } catch {
      // A frame without an address of its own.
    }
  }

  geomap.address = { read, keep };
})((window.geomap = window.geomap || {}));
