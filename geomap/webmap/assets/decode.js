// Reads the page's data blobs: base64 of gzip of JSON or bytes.
(function (geomap) {
  "use strict";

  function bytesOfBase64(text) {
    if (Uint8Array.fromBase64) {
      return Uint8Array.fromBase64(text);
    }
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) {
      bytes[i] = binary.charCodeAt(i);
    }
    return bytes;
  }

  /** Resolve to the bytes of the blob in the element with this id. */
  async function inflate(id) {
    const element = document.getElementById(id);
    const packed = bytesOfBase64(element.textContent.trim());
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }

  /** Resolve to the JSON value of the blob in the element with this id. */
  async function inflateJson(id) {
    return JSON.parse(new TextDecoder().decode(await inflate(id)));
  }

  /** Return a function from row to value of an interned column: {values, index}. */
  function reader(column) {
    const { values, index } = column;
    return (row) => values[index[row]];
  }

  /** Convert an offset in code points, as Python counts, to one in UTF-16 units. */
  function utf16Offset(text, codePoints) {
    let units = 0;
    for (let left = codePoints; left > 0 && units < text.length; left -= 1) {
      units += text.codePointAt(units) > 0xffff ? 2 : 1;
    }
    return units;
  }

  Object.assign(geomap, { inflate, inflateJson, reader, utf16Offset });
})((window.geomap = window.geomap || {}));
