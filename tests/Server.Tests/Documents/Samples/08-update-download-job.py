job_id = 123
update_data = {
    "title": "My Custom Video Title"
}

response = requests.put(
    f"https://api.audiopod.ai/api/v1/video/video-download/jobs/{job_id}",
    headers={"X-API-Key": api_key},
    json=update_data
)

if response.status_code == 200:
    updated_job = response.json()
    print(f"Updated job title: {updated_job['title']}")
