// Starts Swagger UI on /api/docs/. A file of its own: the page's policy refuses inline scripts.
const place = document.getElementById('swagger-ui')
SwaggerUIBundle({ url: place.dataset.schema, domNode: place, deepLinking: true })
