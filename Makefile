# `make` alone lists every command. The work is done by dev.py, which needs only Python;
# on Windows: `py dev.py demo`.
PYTHON ?= $(shell command -v python3 || command -v python)
VERBS := demo test check fix prove prove-all bench serve doctor translate papers screens lock setup clean

.PHONY: help $(VERBS)
help:
	@$(PYTHON) dev.py

$(VERBS):
	@$(PYTHON) dev.py $@ $(ARGS)
