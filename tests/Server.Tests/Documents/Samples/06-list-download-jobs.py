response = requests.get(
    "https://api.audiopod.ai/api/v1/video/video-download/jobs",
    headers={"X-API-Key": api_key},
    params={
        "status": "COMPLETED",     # Filter by status
        "platform": "youtube",     # Filter by platform
        "format": "mp3",          # Filter by format
        "limit": 50,
        "skip": 0
    }
)

if response.status_code == 200:
    jobs_data = response.json()
    for job in jobs_data["items"]:
        print(f"Job {job['id']}: {job['status']} - {job['original_title']}")
        print(f"  Platform: {job['platform']}, Format: {job['format']}")
        print(f"  Duration: {job['duration']}s, Size: {job['file_size']} bytes")
