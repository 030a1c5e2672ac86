"""The design system: tokens, stylesheets, icons, base templates and the parts pages are built from."""
