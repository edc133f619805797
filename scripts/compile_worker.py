"""compile_worker.py DIRECTORY FILE...: compiles Python files, for the start of a process that may not write beside them.

By their contents, not their times: an installed copy has times of its own.
"""

import os
import py_compile
import sys
from importlib.util import cache_from_source

directory, *sources = sys.argv[1:]
for source in sources:
    compiled = os.path.join(directory, os.path.basename(cache_from_source(source)))
    py_compile.compile(source, compiled, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
