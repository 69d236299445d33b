"""The wire: reading and writing the Fund's messages, one module or package a message, its XSD in `schemas`.

What a message says lives in plain typed values (`contracts`, `services`, `declarations`, `supply`, `templates`,
`bills` and the like). What its elements and attributes are called lives only in the module of that message
(`r_umx`, `fakt_rach`) or in the module `names` of its package (`umx.names`, `swiad.names`). `kinds` is the table
of all messages. What all of them share, the file around a message, safe walking, texts of values and refusals,
lives in `wire`.
"""
