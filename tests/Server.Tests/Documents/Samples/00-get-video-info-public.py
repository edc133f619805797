import requests

# Get basic video info (no auth required)
video_info_request = {
    "url": "https://youtube.com/watch?v=example123",
    "include_formats": False  # Limited format info for public access
}

response = requests.post(
    "https://api.audiopod.ai/api/v1/video/public/info",
    json=video_info_request
)

if response.status_code == 200:
    video_info = response.json()
    print(f"Title: {video_info['title']}")
    print(f"Duration: {video_info['duration']} seconds")
    print(f"Uploader: {video_info['uploader']}")
    print(f"View count: {video_info['view_count']}")
