"""The wire: reading and writing the Fund's messages, one module a message, its XSD beside it.

What a message says lives in plain typed values (`contracts`, `services`, `swiad_columns`, `replies`, `templates`,
`bills`); what its elements and attributes are called lives only in the module of that message (`umx`, `swiad_names`,
`p_swi`, `r_umx`, `fakt_rach`).
"""
