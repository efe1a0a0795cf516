"""SHOW. The only rooms (with app.py) that import streamlit and folium."""
