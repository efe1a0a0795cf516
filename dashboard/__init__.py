"""Show: the only room with streamlit and folium in it. Data flows in from store through :mod:`dashboard.resources`."""
