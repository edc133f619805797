job_id = 123
response = requests.get(
    f"https://api.audiopod.ai/api/v1/video/video-download/jobs/{job_id}",
    headers={"X-API-Key": api_key}
)

if response.status_code == 200:
    job_status = response.json()
    print(f"Status: {job_status['status']}")
    print(f"Progress: {job_status['progress']}%")

    if job_status["status"] == "COMPLETED":
        print("Download complete!")
        print(f"Video URL: {job_status['download_url']}")
        if job_status.get("thumbnail_url"):
            print(f"Thumbnail URL: {job_status['thumbnail_url']}")

        # File information
        print(f"File size: {job_status['file_size']} bytes")
        print(f"Duration: {job_status['duration']} seconds")
