"""How dates are written where Django's own Indonesian formats differ from official letters."""
