"""Search: an index of exact substrings, so that whatever a reader can see he can find.

``entries`` says what can be found, ``texts`` writes it down, ``fold`` says what counts as the same,
``sounds`` how characters are read, ``spoken`` which of them follow one another in an archive.
``numbers`` gives each notice its number, ``arrangement`` all that depends on how much there is.
``buckets`` says how it is written which sections hold which two characters, ``pairs`` finds that
out, ``lists`` writes it and reads it again. ``store`` keeps an index from one build to the next,
``update`` changes it, ``kept`` gives what became of it. ``directory`` tells what files are called,
``index`` puts all into files. The other half is in ``theme/assets/javascripts/search/``: it reads
the files, and tests the text of each section that may hold what is looked for.
"""

from .index import IndexFile, SiteWords, index_files, prepare
from .texts import Findable, Rows, rows_of

__all__ = ["Findable", "IndexFile", "Rows", "SiteWords", "index_files", "prepare", "rows_of"]
