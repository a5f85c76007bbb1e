"""How each kind of data set lies in a folder, one file a kind."""
