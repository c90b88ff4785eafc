"""Takes items in, proves them, reads them, names the abuse; knows nothing of complaints."""
