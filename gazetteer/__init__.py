"""The bundled gazetteer: installed as ``geomap.gazetteer_files``, read by ``geomap.gazetteer``."""
