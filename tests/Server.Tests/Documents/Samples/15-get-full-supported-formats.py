response = requests.get(
    "https://api.audiopod.ai/api/v1/video/video-download/formats",
    headers={"X-API-Key": api_key}
)

if response.status_code == 200:
    formats = response.json()
    print("All formats available:")
    print(f"Video: {formats['video_formats']}")
    print(f"Audio: {formats['audio_formats']}")
    print(f"Quality: {formats['quality_options']}")
