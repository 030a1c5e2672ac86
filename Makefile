# `make` alone lists every command. The work is done by dev.py, which needs only Python;
# on Windows: `py dev.py demo`.
# The first Python that really starts: a pyenv shim may exist and fail.
PYTHON ?= $(shell for p in python3 python python3.13 python3.12 python3.11; do \
    if $$p -c '' >/dev/null 2>&1; then echo $$p; break; fi; done)
VERBS := demo test check fix prove prove-all bench serve doctor translate papers screens lock setup clean

.PHONY: help $(VERBS)
help:
	@$(PYTHON) dev.py

$(VERBS):
	@$(PYTHON) dev.py $@ $(ARGS)
