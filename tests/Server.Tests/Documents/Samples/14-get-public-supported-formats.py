response = requests.get(
    "https://api.audiopod.ai/api/v1/video/video-download/public/formats"
)

if response.status_code == 200:
    formats = response.json()
    print("Public formats available:")
    print(f"Video: {formats['video_formats']}")
    print(f"Audio: {formats['audio_formats']}")
    print(f"Limitations: {formats['limitations']}")
