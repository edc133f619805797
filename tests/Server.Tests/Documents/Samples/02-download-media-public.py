# Public download (10-minute limit, basic formats only)
download_request = {
    "url": "https://youtube.com/watch?v=example123",
    "format": "mp3",        # mp4, mp3, wav only for public
    "quality": "128kbps",   # Limited quality options
    "audio_only": True      # For audio-only download
}

response = requests.post(
    "https://api.audiopod.ai/api/v1/video/public/download",
    json=download_request
)

if response.status_code == 200:
    download_job = response.json()
    job_id = download_job["job"]["id"]
    print(f"Public download job created: {job_id}")
    print(f"Status: {download_job['job']['status']}")
