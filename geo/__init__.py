"""NAME -> PLACE. Gazetteer, resolver, derived regions and geocoders; knows no claims."""
