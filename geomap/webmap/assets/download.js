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

  // What makes spreadsheets run a cell: https://owasp.org/www-community/attacks/CSV_Injection
  const FORMULA = /^[=+\-@\t\r\n]/;

  // Lists as JSON; a text that begins like a formula gets an apostrophe in front.
  function cell(value) {
    if (value === null || value === undefined) {
      return "";
    }
    const plain = typeof value === "object" ? JSON.stringify(value) : String(value);
    const safe = typeof value === "string" && FORMULA.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  /** All shown events as CSV text with a header line, in the order of the file. */
  function csv(model, rows) {
    const { keys } = model.text.blob;
    const lines = [...rows].sort((a, b) => a - b).map((row) => {
      const { properties } = feature(model, row);
      return keys.map((key) => cell(properties[key])).join(",");
    });
    return [keys.map(cell).join(","), ...lines, ""].join("\r\n");
  }

  /** Let the browser save a text as a file. */
  function save(name, type, content) {
    saveBlob(name, new Blob([content], { type }));
  }

  function saveBlob(name, blob) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function credit(ctx, theme, words, width, height) {
    ctx.font = `11px ${geomap.FACE}`;
    ctx.textAlign = "right";
    ctx.textBaseline = "bottom";
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeStyle = theme["label-halo"];
    ctx.strokeText(words, width - 8, height - 6);
    ctx.fillStyle = theme["label-city"];
    ctx.fillText(words, width - 8, height - 6);
  }

  /** A canvas with the map's view as its canvases show it. */
  function picture(container, theme) {
    const frame = container.getBoundingClientRect();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const whole = document.createElement("canvas");
    whole.width = frame.width * ratio;
    whole.height = frame.height * ratio;
    const ctx = whole.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.fillStyle = theme.sea;
    ctx.fillRect(0, 0, frame.width, frame.height);
    // In the order of the panes: background, areas and names, symbols.
    for (const canvas of container.querySelectorAll(".leaflet-pane canvas")) {
      const box = canvas.getBoundingClientRect();
      ctx.drawImage(canvas, box.left - frame.left, box.top - frame.top, box.width, box.height);
    }
    const words = container.querySelector(".leaflet-control-attribution").textContent;
    credit(ctx, theme, words, frame.width, frame.height);
    return whole;
  }

  /** Save the map's view as a PNG. */
  function savePicture(container, theme) {
    picture(container, theme).toBlob((blob) => saveBlob("events.png", blob), "image/png");
  }

  Object.assign(geomap, { geojson, csv, save, picture, savePicture });
})((window.geomap = window.geomap || {}));
