# Get comprehensive video info (authentication required)
video_info_request = {
    "url": "https://youtube.com/watch?v=example123",
    "include_formats": True  # Get all available formats and qualities
}

response = requests.post(
    "https://api.audiopod.ai/api/v1/video/info",
    headers={"X-API-Key": api_key},
    json=video_info_request
)

if response.status_code == 200:
    video_info = response.json()
    print(f"Title: {video_info['title']}")
    print(f"Duration: {video_info['duration']} seconds")
    print(f"Estimated credits: {video_info['estimated_credits']}")

    # Available formats
    for format_info in video_info.get("formats", []):
        print(f"Format: {format_info['format']} - {format_info['quality']}")
