"""The bundled gazetteer: its built files, and the scripts and tables that make them."""
