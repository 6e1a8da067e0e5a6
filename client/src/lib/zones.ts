/** A first look at the map. */
export interface Camera {
  lat: number
  lng: number
  zoom: number
}

/** Cities of time zones, for a first look at the map when nothing better is known. Asking where somebody is would need a permission. */
const CITIES: Readonly<Record<string, readonly [lat: number, lng: number]>> = {
  'Asia/Seoul': [37.5665, 126.978],
  'Asia/Tokyo': [35.6812, 139.7671],
  'Asia/Shanghai': [31.2304, 121.4737],
  'Asia/Taipei': [25.0375, 121.5637],
  'Asia/Hong_Kong': [22.3027, 114.1772],
  'Asia/Singapore': [1.2897, 103.8501],
  'Asia/Bangkok': [13.7563, 100.5018],
  'Asia/Ho_Chi_Minh': [10.7769, 106.7009],
  'Asia/Manila': [14.5995, 120.9842],
  'Asia/Jakarta': [-6.2088, 106.8456],
  'Asia/Kolkata': [28.6139, 77.209],
  'Asia/Dubai': [25.2048, 55.2708],
  'Australia/Sydney': [-33.8688, 151.2093],
  'Pacific/Auckland': [-36.8509, 174.7645],
  'Europe/London': [51.5072, -0.1276],
  'Europe/Paris': [48.8566, 2.3522],
  'Europe/Berlin': [52.52, 13.405],
  'Europe/Madrid': [40.4168, -3.7038],
  'Europe/Rome': [41.9028, 12.4964],
  'Europe/Amsterdam': [52.3676, 4.9041],
  'Europe/Istanbul': [41.0082, 28.9784],
  'America/New_York': [40.7128, -74.006],
  'America/Chicago': [41.8781, -87.6298],
  'America/Denver': [39.7392, -104.9903],
  'America/Los_Angeles': [34.0522, -118.2437],
  'America/Vancouver': [49.2827, -123.1207],
  'America/Toronto': [43.6532, -79.3832],
  'America/Mexico_City': [19.4326, -99.1332],
  'America/Sao_Paulo': [-23.5505, -46.6333],
  'Pacific/Honolulu': [21.3069, -157.8583],
}
const CITY_ZOOM = 13
const WORLD_ZOOM = 4
const DEGREES_PER_MINUTE = 0.25

/** First camera by a browser's zone: its city, or for zones not listed the middle of their hour. */
export function cameraOfZone(
  zone: string,
  offsetMinutes = -new Date().getTimezoneOffset(),
): Camera {
  const city = CITIES[zone]
  if (city) return { lat: city[0], lng: city[1], zoom: CITY_ZOOM }
  return { lat: 30, lng: offsetMinutes * DEGREES_PER_MINUTE, zoom: WORLD_ZOOM }
}

/** IANA zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Seoul'
}
