"""Signing in: sessions in cookies, passwords, OpenID Connect, and what guards them."""
