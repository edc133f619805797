# Authenticated download (full features)
download_request = {
    "url": "https://youtube.com/watch?v=example123",
    "format": "mp4",           # Any supported format
    "quality": "1080p",        # Any available quality
    "audio_only": False,    # Keep video, set True for audio-only
    "include_thumbnail": True, # Download thumbnail
    "format_selector": "best", # "best", "worst", or specific format_id
    "output_filename": "my_video.mp4"  # Custom filename
}

response = requests.post(
    "https://api.audiopod.ai/api/v1/video/download",
    headers={"X-API-Key": api_key},
    json=download_request
)

if response.status_code == 200:
    download_job = response.json()
    job_id = download_job["job"]["id"]
    print(f"Download job created: {job_id}")
    print(f"Estimated credits: {download_job['estimated_credits']}")
