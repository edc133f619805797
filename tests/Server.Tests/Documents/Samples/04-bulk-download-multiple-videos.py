# Bulk download multiple videos
bulk_request = {
    "downloads": [
        {
            "url": "https://youtube.com/watch?v=video1",
            "format": "mp3",
            "quality": "320kbps"
        },
        {
            "url": "https://youtube.com/watch?v=video2", 
            "format": "mp4",
            "quality": "720p"
        },
        {
            "url": "https://youtube.com/watch?v=video3",
            "format": "wav"  # High quality audio
        }
    ],
    "audio_only": True,         # Apply to all downloads  
    "include_thumbnail": False  # Apply to all downloads
}

response = requests.post(
    "https://api.audiopod.ai/api/v1/video/video-download/bulk-download",
    headers={"X-API-Key": api_key},
    json=bulk_request
)

if response.status_code == 200:
    bulk_job = response.json()
    print(f"Bulk download created with {len(bulk_job['jobs'])} jobs")
    for job in bulk_job["jobs"]:
        print(f"  Job {job['id']}: {job['url']}")
