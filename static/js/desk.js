// While a file is being screened the desk looks again by itself; nothing has been typed there yet.
setTimeout(() => location.reload(), 5000);
