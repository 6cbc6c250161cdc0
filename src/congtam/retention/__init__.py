"""How long things are kept, and how they are erased: terms an agency set, what has come to the end of one, holds, lists
of what is to be erased that two people answer for, and the erasing of one person's data."""
