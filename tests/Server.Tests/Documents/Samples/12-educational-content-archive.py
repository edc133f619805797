def archive_educational_content(playlist_urls, api_key):
    """Download educational videos for offline access"""

    archived_content = {}

    for playlist_name, url in playlist_urls.items():
        print(f"Archiving {playlist_name}...")

        # Get video info first
        info_response = requests.post(
            "https://api.audiopod.ai/api/v1/video/info",
            headers={"X-API-Key": api_key},
            json={"url": url, "include_formats": True}
        )

        if info_response.status_code == 200:
            video_info = info_response.json()

            # Download in appropriate quality for education
            download_request = {
                "url": url,
                "format": "mp4",
                "quality": "720p",      # Good balance of quality/size
                "include_thumbnail": True,
                "output_filename": f"{playlist_name}_{video_info['video_id']}.mp4"
            }

            download_response = requests.post(
                "https://api.audiopod.ai/api/v1/video/download",
                headers={"X-API-Key": api_key},
                json=download_request
            )

            if download_response.status_code == 200:
                job_data = download_response.json()
                archived_content[playlist_name] = {
                    "job_id": job_data["job"]["id"],
                    "title": video_info["title"],
                    "duration": video_info["duration"],
                    "estimated_credits": job_data["estimated_credits"],
                    "status": "downloading"
                }

    return archived_content

# Usage for educational content
educational_playlists = {
    "math_basics": "https://youtube.com/watch?v=math_lesson_1",
    "science_intro": "https://youtube.com/watch?v=science_intro",
    "history_overview": "https://youtube.com/watch?v=history_basics"
}

archive = archive_educational_content(educational_playlists, "your_api_key")
print("Educational content archiving started:")
for subject, info in archive.items():
    print(f"  {subject}: {info['title']} ({info['duration']}s)")
