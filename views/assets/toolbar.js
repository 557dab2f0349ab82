// The toolbar in an app’s own pages.
