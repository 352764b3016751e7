"""The reference scenario: Indonesia, June 2020. Public figures as data; the rest is invented.

The lists that nobody may publish are generated, written as the untidy files that offices send,
and delivered through the same import code as any upload.
"""
