// Gives the shown events back as GeoJSON, with the properties that the file was made from.
(function (geomap) {
  "use strict";

  /** The GeoJSON Feature of a row. */
  function feature(model, row) {
    const { core, text } = model;
    const known = {};
    for (const [name, column] of Object.entries(core.columns)) {
      known[name] = column.values[column.index[row]];
    }
    const place = known.place || [];
    core.placeKeys.forEach((key, i) => {
      known[key] = place.length ? place[i + 2] : null;
    });
    core.originKeys.forEach((key, i) => {
      known[key] = (model.origin(row) || [])[i] ?? null;
    });
    const reports = text.reports(row);
    Object.assign(known, reports[0]);
    for (const name of Object.keys(text.blob.columns)) {
      known[name] = text[name](row);
    }
    known.confidence = model.confidence(row);
    known.lon = place.length ? place[0] : null;
    known.lat = place.length ? place[1] : null;
    known.reports = reports;
    const geometry = place.length ? { type: "Point", coordinates: [place[0], place[1]] } : null;
    const properties = Object.fromEntries(text.blob.keys.map((key) => [key, known[key]]));
    return { type: "Feature", id: known.id, geometry, properties };
  }

  /** All shown events as GeoJSON text, in the order of the file. */
  function geojson(model, rows) {
    const lines = [...rows].sort((a, b) => a - b).map((row) => JSON.stringify(feature(model, row)));
    return `{"type": "FeatureCollection", "features": [\n${lines.join(",\n")}\n]}\n`;
  }

  /** Let the browser save a text as a file. */
  function save(name, type, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  Object.assign(geomap, { geojson, save });
})((window.geomap = window.geomap || {}));
