response = requests.get(
    "https://api.audiopod.ai/api/v1/video/video-download/stats",
    headers={"X-API-Key": api_key}
)

if response.status_code == 200:
    stats = response.json()
    print(f"Total downloads: {stats['total_downloads']}")
    print(f"Total duration: {stats['total_duration']} seconds")
    print(f"Credits used: {stats['total_credits_used']}")
    print(f"By platform: {stats['downloads_by_platform']}")
    print(f"By format: {stats['downloads_by_format']}")
