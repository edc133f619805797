def extract_podcast_audio_from_videos(video_urls, api_key):
    """Extract high-quality audio from video content for podcast creation"""

    podcast_audios = []

    for url in video_urls:
        print(f"Extracting audio from: {url}")

        # Request high-quality audio extraction
        download_request = {
            "url": url,
            "audio_only": True,
            "format": "wav",        # High quality for editing
            "quality": "best",      # Best available audio quality
            "include_thumbnail": True  # For podcast artwork
        }

        response = requests.post(
            "https://api.audiopod.ai/api/v1/video/download",
            headers={"X-API-Key": api_key},
            json=download_request
        )

        if response.status_code == 200:
            job_data = response.json()
            podcast_audios.append({
                "url": url,
                "job_id": job_data["job"]["id"],
                "status": "processing"
            })

    # Monitor all extractions
    completed_audios = []

    while len(completed_audios) < len(podcast_audios):
        for audio_job in podcast_audios:
            if any(c["job_id"] == audio_job["job_id"] for c in completed_audios):
                continue

            status_response = requests.get(
                f"https://api.audiopod.ai/api/v1/video/video-download/jobs/{audio_job['job_id']}",
                headers={"X-API-Key": api_key}
            )

            job_status = status_response.json()

            if job_status["status"] == "COMPLETED":
                # Download the audio file
                audio_response = requests.get(job_status["download_url"])
                filename = f"podcast_audio_{audio_job['job_id']}.wav"

                with open(filename, "wb") as f:
                    f.write(audio_response.content)

                completed_audios.append({
                    "original_url": audio_job["url"],
                    "job_id": audio_job["job_id"],
                    "filename": filename,
                    "title": job_status["original_title"],
                    "duration": job_status["duration"],
                    "thumbnail_url": job_status.get("thumbnail_url")
                })

                print(f"Extracted: {filename}")

        time.sleep(5)

    return completed_audios

# Usage
video_urls = [
    "https://youtube.com/watch?v=interview1",
    "https://youtube.com/watch?v=interview2", 
    "https://youtube.com/watch?v=interview3"
]

podcast_content = extract_podcast_audio_from_videos(video_urls, "your_api_key")
print(f"Extracted {len(podcast_content)} audio files for podcast:")
for content in podcast_content:
    print(f"  {content['title']} - {content['filename']} ({content['duration']:.1f}s)")
