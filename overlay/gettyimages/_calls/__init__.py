"""One call of the API without I/O: request, response, retries, deadline, rate, URLs."""
