"""English, for US coders."""
